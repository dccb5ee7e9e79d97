import { report, settings } from './report.js'

/** Lets a worker order, and reports its results. */
export function ask(worker) {
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = ({ data: ends }) => report(ends)
  worker.postMessage(settings().endpoint, [port2])
}
