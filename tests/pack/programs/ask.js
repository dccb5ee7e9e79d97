import { report, settings } from './report.js'

/** Has a worker order, and reports what it answers. */
export function ask(worker) {
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = ({ data: ends }) => report(ends)
  worker.postMessage(settings().endpoint, [port2])
}
