import { parseArgs } from 'node:util'

/** The command line is invalid: exit code 2. */
export class UsageError extends Error {
  constructor(message) {
    super(`${message}; see numbers-pin --help`)
  }
}

const flag = { type: 'boolean', default: false }
const text = { type: 'string' }
const OPTIONS = {
  'token-file': text,
  log: text,
  'no-pin': flag,
  endpoint: text,
  concurrency: text,
  'cid-version': text,
  output: { ...text, short: 'o' },
  force: flag,
  gateway: text,
  timeout: text,
  json: flag,
  quiet: flag,
  help: { ...flag, short: 'h' },
  version: flag,
}

/** The minimum and maximum number of operands of each command, and its own options. */
const COMMANDS = {
  pin: {
    operands: [1, Infinity],
    options: ['token-file', 'log', 'no-pin', 'endpoint', 'concurrency', 'cid-version', 'timeout'],
  },
  cid: { operands: [1, Infinity], options: ['cid-version'] },
  verify: { operands: [2, 2], options: [] },
  get: { operands: [1, 1], options: ['output', 'force', 'gateway', 'timeout'] },
  locate: { operands: [1, 1], options: ['gateway', 'timeout'] },
}

/** The options that every command has. */
const COMMON = ['json', 'quiet', 'help', 'version']

/** The numeric options. `scale` converts a value to the unit of the package. */
const NUMBERS = {
  concurrency: {
    expected: 'a whole number from 1 to 1000',
    isValid: (count) => Number.isInteger(count) && count >= 1 && count <= 1000,
  },
  'cid-version': {
    expected: '0 or 1',
    isValid: (version) => version === 0 || version === 1,
  },
  timeout: {
    expected: 'seconds from 0 (no limit) to 2147483',
    isValid: (seconds) => seconds >= 0 && seconds <= 2_147_483,
    scale: 1000,
  },
}

/**
 * The options by name. Numbers are in the units of the package, so `timeout` is in milliseconds.
 *
 * @typedef {Record<string, string | boolean | number>} Options
 */

/**
 * Parses a command line. Reads no file and no environment variable.
 *
 * @param {string[]} args without the program
 * @returns {{ command: keyof COMMANDS, operands: string[], options: Options }} throws a `UsageError`
 */
export function parse(args) {
  rejectToken(args)
  const { values, positionals } = readArgs(args)
  const { command, operands } = splitCommand(positionals)
  if (values.help || values.version) return { command, operands: [], options: values }
  checkOptions(command, values)
  checkOperands(command, operands)
  return { command, operands, options: { ...values, ...parseNumbers(values) } }
}

function rejectToken(args) {
  if (args.some((arg) => /^--?t(oken)?(=|$)/.test(arg)))
    throw new UsageError(
      'A token on the command line can be seen by every program on this machine: give it in the ' +
        'variable CAPTURE_TOKEN, or in a file by --token-file',
    )
}

function readArgs(args) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true })
  } catch (error) {
    // Node's message may have several lines.
    throw new UsageError(error.message.replace(/\s+/g, ' ').replace(/\.? ?$/, ''))
  }
}

/** `pin` is the default and not a word, so `numbers-pin pin` pins a file named "pin". */
function splitCommand(positionals) {
  const [first, ...rest] = positionals
  const isCommand = Object.hasOwn(COMMANDS, first) && first !== 'pin'
  return isCommand ? { command: first, operands: rest } : { command: 'pin', operands: positionals }
}

function checkOptions(command, values) {
  const allowed = [...COMMANDS[command].options, ...COMMON]
  for (const [name, value] of Object.entries(values))
    if (value !== false && !allowed.includes(name))
      throw new UsageError(`${command} takes no --${name}`)
}

function checkOperands(command, operands) {
  const [min, max] = COMMANDS[command].operands
  const { length } = operands
  if (length < min || length > max) {
    const expected = max === Infinity ? 'a file or more' : `${max} argument${max > 1 ? 's' : ''}`
    throw new UsageError(`${command} takes ${expected}, not ${length}`)
  }
  if (operands.indexOf('-') !== operands.lastIndexOf('-'))
    throw new UsageError('Standard input can be read once')
}

function parseNumbers(values) {
  const numbers = {}
  for (const [name, { expected, isValid, scale = 1 }] of Object.entries(NUMBERS)) {
    const value = values[name]
    if (value === undefined) continue
    const number = Number(value.trim() || NaN)
    if (!isValid(number)) throw new UsageError(`--${name} takes ${expected}, not "${value}"`)
    numbers[name] = number * scale
  }
  return numbers
}
