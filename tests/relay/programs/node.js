import { createServer } from 'node:http'
import { toNodeHandler } from '../../../pkg/relay/index.js'
import { relays } from './relays.js'

const server = createServer(toNodeHandler(relays(process.argv[2])))
server.listen(0, '127.0.0.1', () => console.log(server.address().port))
