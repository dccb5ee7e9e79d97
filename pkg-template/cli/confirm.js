import { addAbortSignal } from 'node:stream'

/**
 * Asks a question on the terminal. Resolves to whether the answer is yes; no answer is a no.
 *
 * @param {string} question
 * @param {AbortSignal} signal
 */
export async function confirm(question, signal) {
  process.stderr.write(`${question} [y/N] `)
  for await (const line of addAbortSignal(signal, process.stdin))
    return /^y(es)?$/i.test(String(line).trim())
  return false
}
