import { wasm } from './wasm/inline.js'

/**
 * The module, unpacked from the text that every bundler and every host carries unharmed. As bytes:
 * while it compiles from a stream, Bun takes the program for finished and ends it.
 */
export function unpack() {
  const packed = Uint8Array.from(atob(wasm), (char) => char.charCodeAt(0))
  const bytes = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'))
  return new Response(bytes).arrayBuffer()
}
