import { parseArgs } from 'node:util'

/** The call is not as it must be. */
export class Misuse extends Error {
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

/** What each command takes: how many operands, and which options beside those that all take. */
const TAKES = {
  pin: [[1, Infinity], 'token-file log no-pin endpoint concurrency cid-version timeout'],
  cid: [[1, Infinity], 'cid-version'],
  verify: [[2, 2], ''],
  get: [[1, 1], 'output force gateway timeout'],
  locate: [[1, 1], 'gateway timeout'],
}
const ALL = ['json', 'quiet', 'help', 'version']

/** The options that are numbers: what they may be, and how many of the package's units one is. */
const NUMBERS = {
  concurrency: {
    takes: 'a whole number from 1 to 1000',
    fits: (count) => Number.isInteger(count) && count >= 1 && count <= 1000,
  },
  'cid-version': { takes: '0 or 1', fits: (version) => version === 0 || version === 1 },
  timeout: {
    takes: 'seconds from 0 (no limit) to 2147483',
    fits: (seconds) => seconds >= 0 && seconds <= 2_147_483,
    unit: 1000,
  },
}

/**
 * The options by their names, numbers in the units of the package.
 *
 * @typedef {Record<string, string | boolean | number>} Options
 */

/**
 * Takes a command line apart.
 *
 * @param {string[]} args without the program
 * @returns {{ command: keyof TAKES, operands: string[], options: Options }} throws a `Misuse`
 */
export function parse(args) {
  if (args.some((arg) => /^--?t(oken)?(=|$)/.test(arg)))
    throw new Misuse(
      'A token on the command line can be seen by every program on this machine: give it in the ' +
        'variable CAPTURE_TOKEN, or in a file by --token-file',
    )
  const { values, positionals } = read(args)
  const isCommand = Object.hasOwn(TAKES, positionals[0]) && positionals[0] !== 'pin'
  const command = isCommand ? positionals.shift() : 'pin'
  if (values.help || values.version) return { command, operands: [], options: values }

  const [[least, most], own] = TAKES[command]
  const taken = [...own.split(' '), ...ALL]
  for (const [name, value] of Object.entries(values))
    if (value !== false && !taken.includes(name)) throw new Misuse(`${command} takes no --${name}`)
  const { length } = positionals
  if (length < least || length > most) {
    const wanted = most === Infinity ? 'a file or more' : `${most} argument${most > 1 ? 's' : ''}`
    throw new Misuse(`${command} takes ${wanted}, not ${length}`)
  }
  if (positionals.indexOf('-') !== positionals.lastIndexOf('-'))
    throw new Misuse('Standard input can be read once')
  return { command, operands: positionals, options: { ...values, ...numbers(values) } }
}

function read(args) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true })
  } catch (error) {
    throw new Misuse(error.message.replace(/\s+/g, ' ').replace(/\.? ?$/, ''))
  }
}

function numbers(values) {
  const found = {}
  for (const [name, { takes, fits, unit = 1 }] of Object.entries(NUMBERS)) {
    const given = values[name]
    if (given === undefined) continue
    const number = Number(given.trim() || NaN)
    if (!fits(number)) throw new Misuse(`--${name} takes ${takes}, not "${given}"`)
    found[name] = number * unit
  }
  return found
}
