import { relays } from './relays.js'

const { port } = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: relays(Bun.argv[2]) })
console.log(port)
