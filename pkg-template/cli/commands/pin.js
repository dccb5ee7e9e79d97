import { readFile } from 'node:fs/promises'
import { pinAll } from '../../index.js'
import { Misuse } from '../args.js'
import { Bar } from '../progress-bar.js'
import { Batch } from '../batch.js'
import { Log } from '../journal.js'
import { fates } from '../report.js'

/**
 * `FILE|URL|- …`
 *
 * @param {string[]} names
 * @param {import('../args.js').Options} options
 * @param {import('./inspect.js').Context} context
 * @returns {Promise<boolean>} whether all are pinned
 */
export async function pin(names, options, { terminal, signal, interrupted }) {
  const { endpoint, log: path, 'cid-version': version = 1, concurrency, timeout } = options
  const terms = { endpoint, version, pin: !options['no-pin'] }
  const token = await tokenOf(options)
  if (path !== undefined && names.includes('-'))
    throw new Misuse('--log takes no standard input, which is not there a second time')
  const log = path === undefined ? undefined : new Log(path)
  const bar = await Bar.of(names, terminal)
  const batch = new Batch(names, { log, terms, bar, terminal, options, signal })
  try {
    await pinAll(batch.sources(), {
      ...terms,
      token,
      concurrency,
      timeout,
      // Orders under way may be paid for already: only an interruption ends them, not lost output.
      signal: interrupted,
      onProgress: ({ loaded }) => bar.load(loaded),
      onResult: (result, index) => batch.end(index, result),
    })
  } finally {
    bar.close()
    log?.close()
  }
  if (batch.signal.aborted) for (const line of fates(batch.orders)) terminal.say(line)
  if (batch.failure) throw batch.failure
  return batch.orders.every(({ receipt }) => receipt)
}

async function tokenOf({ 'token-file': path }) {
  const text = path === undefined ? process.env.CAPTURE_TOKEN : await readFile(path, 'utf8')
  const token = text?.trim()
  if (token) return token
  throw new Misuse(
    path === undefined
      ? 'There is no token: give the Capture Token in the variable CAPTURE_TOKEN or by --token-file'
      : `${path} is empty, and not a Capture Token`,
  )
}
