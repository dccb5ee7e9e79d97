import { wasm } from './wasm/inline.js'

/** The module, unpacked from the text that every bundler and every host carries unharmed. */
export function unpack() {
  const packed = Uint8Array.from(atob(wasm), (char) => char.charCodeAt(0))
  const bytes = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'))
  return new Response(bytes, { headers: { 'content-type': 'application/wasm' } })
}
