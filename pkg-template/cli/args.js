import { parseArgs } from 'node:util'
import { findSimilar } from './similar.js'
import { normalizeUrl } from './url.js'
import { UsageError } from './usage-error.js'

const flag = { type: 'boolean', default: false }
const text = { type: 'string' }
const OPTIONS = {
  'token-file': text,
  log: text,
  again: flag,
  'dry-run': flag,
  'max-price': text,
  yes: flag,
  'accept-new-cid': flag,
  'no-pin': flag,
  endpoint: text,
  concurrency: text,
  'cid-version': text,
  output: { ...text, short: 'o' },
  force: flag,
  gateway: { ...text, multiple: true },
  origin: text,
  timeout: text,
  json: flag,
  csv: flag,
  quiet: flag,
  help: { ...flag, short: 'h' },
  version: flag,
}

/** The options that every command has. */
const COMMON = ['json', 'quiet', 'help', 'version']

/** The options whose value is not any text. `read` returns `undefined` for an invalid value. */
const VALUES = {
  concurrency: {
    expected: 'a whole number from 1 to 1000',
    read: (value) =>
      numberIf(value, (count) => Number.isInteger(count) && count >= 1 && count <= 1000),
  },
  'cid-version': {
    expected: '0 or 1',
    read: (value) => numberIf(value, (version) => version === 0 || version === 1),
  },
  timeout: {
    expected: 'seconds from 0 (no limit) to 2147483',
    read: (value) => {
      const seconds = numberIf(value, (seconds) => seconds >= 0 && seconds <= 2_147_483)
      return seconds === undefined ? undefined : seconds * 1000
    },
  },
  'max-price': {
    expected: 'an amount of NUM from 0',
    read: (value) => numberIf(value, (num) => num >= 0 && num < Infinity),
  },
  endpoint: { expected: 'an http(s) URL without a password', read: readUrl },
  origin: {
    expected: 'the origin of a page, such as https://example.org',
    read: (value) => (readUrl(value) === `${value}/` ? value : undefined),
  },
  gateway: {
    expected: 'an http(s) URL without a password or query',
    read: (value) => (value.includes('?') ? undefined : readUrl(value)),
  },
}

/**
 * A command of the command line.
 *
 * @typedef {object} Command
 * @property {string} help the output of `--help` for this command
 * @property {string} takes its operands, in words
 * @property {[min: number, max: number]} operands
 * @property {string[]} options its own options
 * @property {(
 *   operands: string[], options: Options, context: import('./context.js').Context
 * ) => Promise<boolean>} run resolves to whether it succeeded
 */

/**
 * The options by name. Numbers are in the units of the package, so `timeout` is in milliseconds. `gateway`
 * is a list if it is set more than once.
 *
 * @typedef {Record<string, string | boolean | number | string[]>} Options
 */

/**
 * Parses a command line. Reads no file and no environment variable.
 *
 * @param {string[]} args without the program
 * @param {Record<string, Command>} commands by name; `pin` is the default
 * @returns {{ name?: string, operands: string[], options: Options }} the name if there is one; throws a
 *   `UsageError`
 */
export function parse(args, commands) {
  rejectToken(args)
  const { values, positionals } = readArgs(args)
  const { name, operands } = splitCommand(positionals, commands)
  if (values.help || values.version) return { name, operands, options: values }
  if (!name) rejectMisspelling(positionals, commands)
  checkOptions(name ?? 'pin', commands, values)
  checkOperands(name ?? 'pin', commands, operands)
  return { name, operands, options: { ...values, ...readValues(values) } }
}

function rejectToken(args) {
  if (args.some((arg) => /^--?t(oken)?(=|$)/.test(arg)))
    throw new UsageError(
      'A token on the command line is visible to every program on this machine: set the variable ' +
        'CAPTURE_TOKEN, or use --token-file',
    )
}

function readArgs(args) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true })
  } catch (error) {
    const [, unknown] = /^Unknown option '--?([^']+)'/.exec(error.message) ?? []
    if (unknown) throw new UsageError(explainUnknown(unknown))
    // Node's message may have several lines.
    throw new UsageError(error.message.replace(/\s+/g, ' ').replace(/\.? ?$/, ''))
  }
}

function explainUnknown(name) {
  const similar = findSimilar(name, Object.keys(OPTIONS))
  const hint = similar ? `, did you mean --${similar}?` : '; a file of this name follows after --'
  return `Unknown option ${name.length === 1 ? '-' : '--'}${name}${hint}`
}

function splitCommand(positionals, commands) {
  const [first, ...rest] = positionals
  return Object.hasOwn(commands, first)
    ? { name: first, operands: rest }
    : { operands: positionals }
}

/** A misspelled command must not pin the operands that follow it. */
function rejectMisspelling([word = ''], commands) {
  const similar = /^\w+$/.test(word) && findSimilar(word, Object.keys(commands))
  if (similar)
    throw new UsageError(
      `"${word}" is not a command, did you mean ${similar}? To pin a file of this name, use ./${word}`,
    )
}

function checkOptions(name, commands, values) {
  const allowed = [...commands[name].options, ...COMMON]
  for (const [option, value] of Object.entries(values)) {
    if (value === false) continue
    if (!allowed.includes(option)) throw new UsageError(`${name} does not accept --${option}`)
    if (value === '' && !VALUES[option]) throw new UsageError(`--${option} is empty`)
  }
}

function checkOperands(name, commands, operands) {
  const { operands: range, takes } = commands[name]
  const [min, max] = range
  const { length } = operands
  if (length < min || length > max) throw new UsageError(`${name} takes ${takes}, got ${length}`)
  if (operands.indexOf('-') !== operands.lastIndexOf('-'))
    throw new UsageError('Standard input (-) can be read only once')
}

function readValues(values) {
  const result = {}
  for (const [name, { expected, read }] of Object.entries(VALUES)) {
    const inputs = [values[name] ?? []].flat()
    const found = inputs.map(read)
    const index = found.indexOf(undefined)
    if (index !== -1) throw new UsageError(`--${name} must be ${expected}, got "${inputs[index]}"`)
    if (inputs.length > 0) result[name] = found.length === 1 ? found[0] : found
  }
  return result
}

function numberIf(value, isValid) {
  const number = Number(value.trim() || NaN)
  return isValid(number) ? number : undefined
}

function readUrl(value) {
  const url = normalizeUrl(value)
  return url && !hasPassword(url) ? url : undefined
}

function hasPassword(url) {
  const { username, password } = new URL(url)
  return Boolean(username || password)
}
