#!/usr/bin/env node
import { readFile } from 'node:fs/promises'
import { constants } from 'node:os'
import { Misuse, parse } from './args.js'
import { get } from './commands/get.js'
import { cid, locate, verify } from './commands/inspect.js'
import { pin } from './commands/pin.js'
import { Terminal } from './terminal.js'
import { USAGE } from './help.js'

const COMMANDS = { pin, cid, verify, get, locate }

/** Ends what is under way at the first signal; the second ends the process as if nobody listened. */
function listen() {
  const stop = new AbortController()
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const name of signals)
    process.once(name, () => {
      for (const other of signals) process.removeAllListeners(other)
      stop.abort(128 + constants.signals[name])
    })
  return stop
}

async function main(args) {
  const { signal: interrupted } = listen()
  const unread = new AbortController()
  const signal = AbortSignal.any([interrupted, unread.signal])
  const terminal = new Terminal(() => unread.abort(1))
  try {
    const { command, operands, options } = parse(args)
    terminal.isQuiet = options.quiet
    if (options.help) terminal.print(USAGE)
    else if (options.version) terminal.print(await version())
    else if (!(await COMMANDS[command](operands, options, { terminal, signal, interrupted })))
      return signal.reason ?? 1
    return signal.reason ?? 0
  } catch (error) {
    if (signal.aborted && error.name === 'AbortError') return signal.reason
    terminal.complain(error.message)
    if (signal.aborted) return signal.reason
    return error instanceof Misuse || error.code === 'invalid-input' ? 2 : 1
  }
}

async function version() {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8')
  return JSON.parse(text).version
}

process.exitCode = await main(process.argv.slice(2))
// An interrupted call may still wait for it.
process.stdin.destroy()
