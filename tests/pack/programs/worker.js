import { PinError, pin } from 'numbers-pin'
import { use } from './use.js'

async function answer({ data: endpoint, ports: [port] }) {
  port.postMessage(await use({ PinError, pin }, endpoint))
}

addEventListener('message', answer)
// A shared worker receives messages only by the port of a page.
addEventListener('connect', ({ ports: [page] }) => (page.onmessage = answer))
