import { wasm } from '../wasm/inline.js'

/**
 * Returns the bytes of the module, unpacked from text that every bundler and runtime leaves intact.
 * As bytes and not as a stream: while it compiles a stream, Bun sees no pending work and exits.
 */
export default function unpack() {
  const text = atob(wasm)
  const packed = new Uint8Array(text.length)
  for (let index = 0; index < packed.length; index++) packed[index] = text.charCodeAt(index)
  // In a server that has not used web streams yet, starting them takes ten times as long as this.
  const zlib = globalThis.process?.getBuiltinModule?.('node:zlib')
  if (zlib) return zlib.gunzipSync(packed)
  const bytes = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'))
  return new Response(bytes).arrayBuffer()
}
