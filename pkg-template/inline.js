import { wasm } from './wasm/inline.js'

/**
 * The module, unpacked from the text that every bundler and every host carries unharmed. As bytes:
 * while it compiles from a stream, Bun takes the program for finished and ends it.
 */
export function unpack() {
  const text = atob(wasm)
  const packed = new Uint8Array(text.length)
  for (let at = 0; at < packed.length; at++) packed[at] = text.charCodeAt(at)
  // A server that has never used its streams takes ten times as long to start them as to unpack.
  const zlib = globalThis.process?.getBuiltinModule?.('node:zlib')
  if (zlib) return zlib.gunzipSync(packed)
  const bytes = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'))
  return new Response(bytes).arrayBuffer()
}
