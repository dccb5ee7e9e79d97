import { pin } from '../../../pkg/index.js'

// Pins something twice, the second time over the connection of the first, and says how that ended.
const [endpoint, what] = globalThis.Deno?.args ?? process.argv.slice(2)
const sources = {
  'few bytes': new Blob(['few']),
  'a file': new Blob([new Uint8Array(100_000)]),
  'an address': 'https://example.org/',
}
const options = { endpoint, token: 'any-token', verify: false }
await pin(sources[what], options)
const second = await pin(sources[what], options).catch(({ code, outcome }) => ({ code, outcome }))
console.log(JSON.stringify(second))
