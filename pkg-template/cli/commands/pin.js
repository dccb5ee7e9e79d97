import { locate } from '../../index.js'
import { openJournal, readJournal } from '../journal.js'
import { openIdentified, openOperand } from '../operand-source.js'
import { checkOperands, expandPatterns, rejectOwnFiles } from '../operands.js'
import { Plan, countPaid, isGood } from '../plan.js'
import { checkPrice, priceRow } from '../price.js'
import { planRow, row } from '../report.js'
import { runOrders } from '../run-orders.js'
import { readToken } from '../token.js'
import { UsageError } from '../usage-error.js'

/**
 * `FILE|URL|- …` pins each operand.
 *
 * @type {import('../args.js').Command}
 */
export const pin = {
  takes: 'one or more files or URLs',
  operands: [1, Infinity],
  options: [
    ...['token-file', 'log', 'again', 'gateway', 'dry-run', 'max-price'],
    ...['no-pin', 'endpoint', 'concurrency', 'cid-version', 'timeout'],
  ],
  help: `\
Usage: numbers-pin [pin] [OPTION]... FILE|URL|- ...

Pins each file, URL or standard input (-), and prints a row for each receipt.
All operands are checked before the first order. Every order may be charged.

  --token-file FILE   read the Capture Token from FILE, not from $CAPTURE_TOKEN
  --dry-run           order nothing: print CIDs, what would happen and the price
  --max-price NUM     order nothing if all would cost more, with gas
  --log FILE          write each order to this journal before it is sent. Files
                      with a receipt in it are skipped. Files that may have been
                      charged are looked up at the gateway, and not sent again.
  --again             with --log: order these again; may be charged twice
  --gateway URL       gateway for --log (default: that of Numbers); repeatable
  --no-pin            ask for the CID without pinning
  --endpoint URL      where to send orders (default: the Numbers API)
  --concurrency N     orders at a time, 1 to 1000 (default: 4)
  --cid-version 0|1   version of the CID (default: 1)
  --timeout SECONDS   limit for each file, 0 for none (default: 300)
  --json              print each receipt as a line of JSON
  --quiet             print only CIDs and errors

Example: numbers-pin --token-file ~/.capture-token --log pins.log photos/*.jpg`,
  run,
}

async function run(operands, options, context) {
  const { log, again, gateway, 'dry-run': isDryRun, 'max-price': maxPrice } = options
  const { terminal, signal } = context
  const names = await expandPatterns(operands)
  if (again && log === undefined) throw new UsageError('--again needs --log')
  if (log !== undefined && names.includes('-'))
    throw new UsageError('--log does not accept standard input (-), which cannot be read again')
  await checkOperands(names)
  await rejectOwnFiles(names, options)
  if (isDryRun) return dryRun(names, options, context)
  const token = await readToken(options)
  const journal = openJournal(log)
  try {
    const isPriced = maxPrice !== undefined
    const orders = isPriced
      ? await planned(names, options, journal, signal)
      : toOrders(names, options)
    if (isPriced) checkPrice(countPaid(orders), maxPrice)
    const open = journal || isPriced ? openIdentified : openOperand
    return await runOrders(orders, {
      journal,
      token,
      options,
      context,
      open: (order) => openUnchanged(order, open, signal),
      row: (order) => row(order, options, terminal),
      locate: (cid) => locate(cid, { gateway, signal }),
    })
  } finally {
    journal?.close()
  }
}

/** Reads an order. Where its price was checked before, it has to be what was counted. */
async function openUnchanged(order, open, signal) {
  const { content, reason } = order
  if (reason) throw new Error(reason)
  const named = await open(order, signal)
  if (content !== undefined && order.content !== content)
    throw new Error('The file has changed since its price was checked; run the command again')
  return named
}

/** Prints what a run would do. Nothing is sent, so that neither a token nor the gateway is needed. */
async function dryRun(names, options, { terminal, signal }) {
  const { log, 'max-price': maxPrice } = options
  const orders = await planned(names, options, readJournal(log), signal)
  for (const order of orders) terminal.print(planRow(order, options, terminal))
  const count = countPaid(orders)
  if (!options.quiet) terminal.print(priceRow(count, options))
  checkPrice(count, maxPrice)
  return isGood(orders)
}

/** The orders of a run, with what would become of each. */
async function planned(names, options, journal, signal) {
  const plan = new Plan(journal, options.again)
  const orders = toOrders(names, options)
  for (const order of orders) order.action = await actionFor(order, plan, options, signal)
  return orders
}

async function actionFor(order, plan, options, signal) {
  // Standard input can be read once only, which is then for the order.
  if (order.source === '-' && !options['dry-run']) return 'order'
  try {
    await openIdentified(order, signal)
    return plan.add(order)
  } catch (error) {
    if (signal.aborted) throw error
    order.reason = error.message
    return error.code === 'too-large' ? 'too large' : 'unreadable'
  }
}

/** The terms decide what is bought. They are part of the key in the journal. */
function toOrders(names, { endpoint, 'cid-version': version = 1, 'no-pin': noPin }) {
  const terms = { endpoint, version, pin: !noPin }
  return names.map((source) => ({ source, terms }))
}
