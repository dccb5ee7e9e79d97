import { relays } from './relays.js'

const onListen = ({ port }) => console.log(port)
Deno.serve({ port: 0, hostname: '127.0.0.1', onListen }, relays(Deno.args[0]))
