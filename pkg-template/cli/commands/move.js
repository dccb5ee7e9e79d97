import { readCids } from '../cid-list.js'
import { confirm } from '../confirm.js'
import { openJournal, readJournal } from '../journal.js'
import { MoveOrders } from '../move-order.js'
import { moveRow, planRow } from '../move-report.js'
import { Plan, countPaid, isGood } from '../plan.js'
import { checkPrice, priceRow } from '../price.js'
import { runOrders } from '../run-orders.js'
import { readToken } from '../token.js'
import { UsageError } from '../usage-error.js'

/** How many files are downloaded at a time. */
const CONCURRENCY = 4

/**
 * `move CID|FILE|- …` pins what is on IPFS already, so that it keeps its CIDs.
 *
 * @type {import('../args.js').Command}
 */
export const move = {
  takes: 'one or more CIDs or files of CIDs',
  operands: [1, Infinity],
  options: [
    ...['token-file', 'log', 'again', 'gateway', 'dry-run', 'max-price', 'yes', 'accept-new-cid'],
    ...['endpoint', 'concurrency', 'timeout', 'csv'],
  ],
  help: `\
Usage: numbers-pin move [OPTION]... CID|FILE|- ...

Pins files that are on IPFS already. FILE and standard input (-) are lists: a
CID, ipfs:// or gateway URL on each line. All are downloaded and checked first;
the price is shown, and you are asked once. Prints the old and the new CIDs.

  --gateway URL       where to download (default: Numbers); repeatable
  --accept-new-cid    also order files that would get another CID
  --yes               do not ask (needed if standard input is not a terminal)
  --dry-run           order nothing; print what would happen and the price
  --max-price NUM     order nothing if all would cost more, with gas
  --log FILE          journal, to run it again after an interruption
  --again             with --log: order again what may have been charged
  --token-file FILE   read the Capture Token from FILE, not from $CAPTURE_TOKEN
  --endpoint URL      where to send orders (default: the Numbers API)
  --concurrency N     files at a time, 1 to 1000 (default: 4)
  --timeout SECONDS   for each download and order, 0 for none (default: 300)
  --json, --csv       print each result as a line of JSON or CSV
  --quiet             print only the new CIDs and errors

Example: numbers-pin move --gateway https://a.example --log moved.log cids.txt`,
  run,
}

async function run(operands, options, context) {
  const { log, yes, csv, quiet, 'dry-run': isDryRun, 'max-price': maxPrice } = options
  const { terminal, signal } = context
  checkOptions(operands, options)
  const token = isDryRun ? undefined : await readToken(options)
  const cids = await readCids(operands, signal)
  const journal = isDryRun ? readJournal(log) : openJournal(log)
  const moves = new MoveOrders(options, journal, signal)
  try {
    const orders = await planned(cids, moves, new Plan(journal, options.again), options, context)
    const count = countPaid(orders)
    if (csv) terminal.print(isDryRun ? 'from,cid,action' : 'from,cid')
    if (isDryRun) print(orders, count, options, (line) => terminal.print(line))
    else if (!quiet || !yes) print(orders, count, {}, (line) => terminal.say(line))
    checkPrice(count, maxPrice)
    if (isDryRun) return isGood(orders)
    const question = `Order ${count} ${count === 1 ? 'file' : 'files'}?`
    if (count > 0 && !yes && !(await confirm(question, signal)))
      throw new Error('Nothing was ordered')
    const isMoved = await runOrders(orders.filter(isOrdered), {
      journal,
      token,
      options,
      context,
      open: (order) => moves.open(order),
      row: (order) => moveRow(order, options, terminal),
    })
    return isMoved && orders.every(isOrdered)
  } finally {
    terminal.drawProgress()
    if (!isDryRun) journal?.close()
  }
}

/** Prints what would become of each CID, and the price of all. */
function print(orders, count, options, write) {
  for (const order of orders) write(planRow(order, options))
  if (!options.csv && !options.quiet) write(priceRow(count, options))
}

function checkOptions(operands, { again, log, json, csv, yes, 'dry-run': isDryRun }) {
  if (again && log === undefined) throw new UsageError('--again needs --log')
  if (json && csv) throw new UsageError('--json and --csv cannot be used together')
  if (!yes && !isDryRun && (!process.stdin.isTTY || operands.includes('-')))
    throw new UsageError(
      'move asks before it orders, but standard input is not a terminal: nothing was ordered. ' +
        'Use --yes to order without a question, --dry-run to see the price',
    )
}

/** The orders of all CIDs, checked a few at a time, with what becomes of each. */
async function planned(cids, moves, plan, { concurrency = CONCURRENCY, ...options }, { terminal }) {
  const orders = []
  const waiting = cids.entries()
  let done = 0
  const work = async () => {
    for (const [index, cid] of waiting) {
      orders[index] = await moves.check(cid)
      done += 1
      terminal.drawProgress(`checked ${done} of ${cids.length}`)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, work))
  terminal.drawProgress()
  for (const order of orders) {
    const { finding } = order
    const isAccepted =
      finding === 'same CID' || (finding === 'new CID' && options['accept-new-cid'])
    order.action = isAccepted ? plan.add(order) : finding
    if (finding === 'new CID' && !isAccepted) order.reason = 'use --accept-new-cid to order it'
  }
  return orders
}

const isOrdered = ({ action }) => ['order', 'in the log', 'duplicate', 'unknown'].includes(action)
