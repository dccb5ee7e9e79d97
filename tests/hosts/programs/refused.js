import { pin } from '../../../pkg/index.js'

// Pins at an endpoint that cannot be reached, and prints the code and the outcome of the error.
const [endpoint] = globalThis.Deno?.args ?? process.argv.slice(2)
const options = { endpoint, token: 'any-token', retries: 0 }
const { code, outcome } = await pin(new Blob(['text']), options).catch((error) => error)
console.log(JSON.stringify({ code, outcome }))
// Deno never ends a process in which it denied a request with a body.
process.exit()
