import { readFile } from 'node:fs/promises'
import { pinAll } from '../../index.js'
import { UsageError } from '../args.js'
import { Batch } from '../batch.js'
import { Journal } from '../journal.js'
import { ProgressBar } from '../progress-bar.js'
import { summary } from '../report.js'

/**
 * `FILE|URL|- …` pins each operand.
 *
 * @param {string[]} names
 * @param {import('../args.js').Options} options
 * @param {import('../context.js').Context} context
 * @returns {Promise<boolean>} whether all are pinned
 */
export async function pin(names, options, { terminal, signal, interrupted }) {
  const { concurrency, timeout } = options
  const terms = termsOf(options)
  const token = await readToken(options)
  const journal = openJournal(options, names)
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
      onResult: (result, index) => batch.end(index, result),
    })
  } finally {
    bar.clear()
    journal?.close()
  }
  if (batch.signal.aborted) for (const line of summary(batch.orders)) terminal.say(line)
  if (batch.failure) throw batch.failure
  return batch.orders.every(({ receipt }) => receipt)
}

/** The options of `pinAll` that decide what is bought. They are part of the key in the journal. */
const termsOf = ({ endpoint, 'cid-version': version = 1, 'no-pin': noPin }) => ({
  endpoint,
  version,
  pin: !noPin,
})

async function readToken({ 'token-file': path }) {
  const text = path === undefined ? process.env.CAPTURE_TOKEN : await readFile(path, 'utf8')
  const token = text?.trim()
  if (token) return token
  throw new UsageError(
    path === undefined
      ? 'There is no token: give the Capture Token in the variable CAPTURE_TOKEN or by --token-file'
      : `${path} is empty, and not a Capture Token`,
  )
}

function openJournal({ log: path }, names) {
  if (path === undefined) return undefined
  if (names.includes('-'))
    throw new UsageError('--log takes no standard input, which is not there a second time')
  return new Journal(path)
}
