import { constants } from 'node:os'
import { Terminal } from './terminal.js'

/**
 * What every command gets in addition to its operands and options. The reason of both signals is the
 * exit code.
 *
 * @typedef {object} Context
 * @property {Terminal} terminal
 * @property {AbortSignal} signal aborts on an interruption, or when standard output has lost its reader or is full
 * @property {AbortSignal} interrupted aborts on an interruption only
 */

/** @returns {Context} */
export function createContext() {
  const interrupted = onInterrupt()
  const outputLost = new AbortController()
  return {
    terminal: new Terminal(() => outputLost.abort(1)),
    signal: AbortSignal.any([interrupted, outputLost.signal]),
    interrupted,
  }
}

/** Aborts on the first interruption. The second one has Node's default effect and ends the process. */
function onInterrupt() {
  const controller = new AbortController()
  const signals = ['SIGINT', 'SIGTERM']
  if (hasTerminal()) signals.push('SIGHUP')
  // Node resets the signals that nohup ignores, so this ignores SIGHUP again.
  else process.on('SIGHUP', () => {})
  for (const name of signals)
    process.once(name, () => {
      for (const other of signals) process.removeAllListeners(other)
      controller.abort(128 + constants.signals[name])
    })
  return controller.signal
}

/** Whether output goes to a terminal. After `nohup`, none does. */
const hasTerminal = () => Boolean(process.stdout.isTTY || process.stderr.isTTY)
