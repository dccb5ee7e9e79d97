import { createServer } from 'node:http'
import { listener } from './listener.js'
import { relays } from './relays.js'

const server = createServer(listener(relays(process.argv[2])))
server.listen(0, '127.0.0.1', () => console.log(server.address().port))
