import { builtin, native } from './value.js'
import { wasm } from '../wasm/inline.js'

/**
 * Decodes the module from text, which no bundler changes. Returns bytes and not a stream: Bun exits while it
 * compiles a stream.
 */
export default function unpack() {
  // Ten times faster than loading web streams.
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
