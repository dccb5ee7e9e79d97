#!/usr/bin/env node
import { parse } from './args.js'
import { cid } from './commands/cid.js'
import { doctor } from './commands/doctor.js'
import { get } from './commands/get.js'
import { locate } from './commands/locate.js'
import { move } from './commands/move.js'
import { pin } from './commands/pin.js'
import { verify } from './commands/verify.js'
import { createContext } from './context.js'
import { fetch } from './fetch.js'
import { HELP } from './help.js'
import { hideTokens } from './secrets.js'
import { UsageError } from './usage-error.js'
import { readVersion } from './version.js'

const COMMANDS = { pin, cid, verify, get, locate, move, doctor }

/** Resolves to the exit code. */
async function main(args) {
  const context = createContext()
  const { terminal, signal } = context
  try {
    const succeeded = await run(args, context)
    await written(process.stdout)
    return signal.reason ?? (succeeded ? 0 : 1)
  } catch (error) {
    if (signal.aborted && error.name === 'AbortError') return signal.reason
    const isUsage = error instanceof UsageError || error.code === 'invalid-input'
    terminal.complain(
      isUsage ? `${hideTokens(error.message, args)}; see numbers-pin --help` : error.message,
    )
    return signal.reason ?? (isUsage ? 2 : 1)
  }
}

/** Resolves to whether the command succeeded. */
async function run(args, context) {
  const { terminal } = context
  const { name, operands, options } = parse(args, COMMANDS)
  terminal.isQuiet = options.quiet
  if (options.help) terminal.print(COMMANDS[name]?.help ?? HELP)
  else if (options.version) terminal.print(await readVersion())
  else return COMMANDS[name ?? 'pin'].run(operands, options, context)
  return true
}

/** Resolves when all that was written has arrived, or is lost. */
const written = (stream) => new Promise((resolve) => stream.write('', resolve))

// For all commands, also where the package has no option for it.
globalThis.fetch = fetch
// The package says that Node needs this for a proxy; this `fetch` does not.
process.env.NODE_USE_ENV_PROXY = '1'
process.exitCode = await main(process.argv.slice(2))
// An interrupted read of standard input would keep the process alive.
process.stdin.destroy()
