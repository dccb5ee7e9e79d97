import { pinAll } from '../index.js'
import { Batch } from './batch.js'
import { stopConnecting } from './connect.js'
import { ProgressBar } from './progress-bar.js'
import { summary } from './report.js'

/**
 * Sends orders, and prints a row for each receipt. Resolves to whether each order has one.
 *
 * @param {import('./report.js').Order[]} orders
 * @param {object} run
 * @param {import('./journal.js').Journal} [run.journal]
 * @param {string} run.token
 * @param {import('./args.js').Options} run.options
 * @param {import('./context.js').Context} run.context
 * @param {(order: import('./report.js').Order) => Promise<import('../index.js').NamedSource>} run.open
 * @param {(order: import('./report.js').Order) => string} run.row
 * @param {(cid: string) => Promise<string>} [run.locate]
 */
export async function runOrders(orders, { journal, token, options, context, open, row, locate }) {
  const { terminal, signal, interrupted } = context
  const { endpoint, 'no-pin': noPin, 'cid-version': version, again, concurrency, timeout } = options
  const bar = await ProgressBar.create(terminal, orders)
  const batch = new Batch(orders, { journal, again, terminal, bar, signal, open, row, locate })
  try {
    await pinAll(batch.sources(), {
      token,
      endpoint,
      version,
      pin: !noPin,
      concurrency,
      timeout,
      // Lost output starts no new order, but does not abort the ones in flight, which may be charged.
      signal: afterConnecting(interrupted),
      onProgress: ({ loaded }) => bar.update(loaded),
      // The package ignores what a callback throws.
      onResult: (result, index) => batch.attempt(() => batch.end(index, result)),
    })
  } catch (error) {
    batch.fail(error)
  }
  bar.clear()
  batch.attempt(() => journal?.close())
  if (batch.signal.aborted && batch.failure?.code !== 'invalid-input')
    for (const line of summary(orders)) terminal.say(line)
  if (batch.failure) throw batch.failure
  return orders.every(({ receipt }) => receipt)
}

/**
 * A signal that aborts a turn after another one: in that turn the package learns which orders had no connection,
 * because these fail. If the other one has aborted before, there are no orders.
 */
function afterConnecting(signal) {
  const controller = new AbortController()
  signal.addEventListener('abort', () => {
    stopConnecting()
    setImmediate(() => controller.abort(signal.reason))
  })
  return controller.signal
}
