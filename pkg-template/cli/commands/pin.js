import { readFile } from 'node:fs/promises'
import { pinAll } from '../../index.js'
import { Batch } from '../batch.js'
import { Journal } from '../journal.js'
import { checkOperands, expandPatterns } from '../operands.js'
import { ProgressBar } from '../progress-bar.js'
import { summary } from '../report.js'
import { UsageError } from '../usage-error.js'

/**
 * `FILE|URL|- …` pins each operand.
 *
 * @type {import('../args.js').Command}
 */
export const pin = {
  takes: 'a file or more',
  operands: [1, Infinity],
  options: [
    ...['token-file', 'log', 'again', 'gateway'],
    ...['no-pin', 'endpoint', 'concurrency', 'cid-version', 'timeout'],
  ],
  help: `\
Usage: numbers-pin [pin] [OPTION]... FILE|URL|- ...

Pins each file, URL or standard input (-), and prints a row for each receipt.
All operands are checked before the first order. Every order may be charged.

  --token-file FILE   read the Capture Token from FILE, not from $CAPTURE_TOKEN
  --log FILE          write each order to this journal before it is sent. Files
                      with a receipt in it are skipped. For files without one,
                      the gateway is asked, and they are not ordered again.
  --again             with --log: order files without a receipt again. They may
                      be charged twice.
  --gateway URL       gateway for --log (default: that of Numbers)
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

async function run(operands, options, { terminal, signal, interrupted }) {
  const { log, again, concurrency, timeout } = options
  const names = await expandPatterns(operands)
  if (again && log === undefined) throw new UsageError('--again needs --log')
  if (log !== undefined && names.includes('-'))
    throw new UsageError('--log does not accept standard input (-), which cannot be read again')
  await checkOperands(names)
  const token = await readToken(options)
  const journal = openJournal(log)
  const terms = termsOf(options)
  const bar = await ProgressBar.create(terminal, names)
  const batch = new Batch(names, { journal, terms, options, terminal, bar, signal })
  try {
    await pinAll(batch.sources(), {
      ...terms,
      token,
      concurrency,
      timeout,
      // Lost output starts no new order, but does not abort the ones in flight, which may be charged.
      signal: interrupted,
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
    for (const line of summary(batch.orders)) terminal.say(line)
  if (batch.failure) throw batch.failure
  return batch.orders.every(({ receipt }) => receipt)
}

/** The options of `pinAll` that decide what is bought. They are part of the key in the journal. */
const termsOf = ({ endpoint, 'cid-version': version = 1, 'no-pin': noPin }) => ({
  endpoint,
  version,
  pin: !noPin,
})

function openJournal(path) {
  try {
    return path === undefined ? undefined : new Journal(path)
  } catch (error) {
    if (error.syscall !== 'open') throw error
    throw new UsageError(`The journal "${path}" cannot be opened (${error.code})`)
  }
}

async function readToken({ 'token-file': path }) {
  const text = path === undefined ? process.env.CAPTURE_TOKEN : await readTokenFile(path)
  const token = text?.trim()
  if (token) return token
  throw new UsageError(
    path === undefined
      ? 'No Capture Token: set the variable CAPTURE_TOKEN, or use --token-file'
      : `The token file "${path}" is empty`,
  )
}

async function readTokenFile(path) {
  try {
    return await readFile(path, 'utf8')
  } catch ({ code }) {
    throw new UsageError(`The token file "${path}" cannot be read (${code})`)
  }
}
