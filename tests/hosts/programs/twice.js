import { pin } from '../../../pkg/index.js'

// Pins twice, the second time over the connection of the first, and prints the second result.
const [endpoint, what] = globalThis.Deno?.args ?? process.argv.slice(2)
const sources = {
  'a small Blob': new Blob(['few']),
  'a large Blob': new Blob([new Uint8Array(100_000)]),
  'a URL': 'https://example.org/',
}
const options = { endpoint, token: 'any-token', verify: false }
await pin(sources[what], options)
const second = await pin(sources[what], options).catch(({ code, outcome }) => ({ code, outcome }))
console.log(JSON.stringify(second))
