import { builtin, native } from './value.js'
import { wasm } from '../wasm/inline.js'

/**
 * Returns the bytes of the module, unpacked from text that every bundler and runtime leaves intact.
 * As bytes and not as a stream: while it compiles a stream, Bun sees no pending work and exits.
 */
export default function unpack() {
  // In a server that has not used web streams yet, starting them takes ten times as long as this.
  const zlib = builtin('zlib')
  if (zlib) return zlib.gunzipSync(native('Buffer', 'buffer').from(wasm, 'base64'))
  const bytes = new Blob([decode(wasm)]).stream().pipeThrough(new DecompressionStream('gzip'))
  return new Response(bytes).arrayBuffer()
}

function decode(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text)
  const bytes = atob(text)
  return Uint8Array.from({ length: bytes.length }, (_, index) => bytes.charCodeAt(index))
}
