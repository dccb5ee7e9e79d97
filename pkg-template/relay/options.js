import { PinError } from '../runtime/error.js'
import { isToken } from './token.js'

/** Bytes that a form may have in addition to its file: boundaries, names, the other fields. */
const FORM_OVERHEAD = 65_536

/** The maximum delay of a timer. A longer one would fire at once. */
const MAX_TIMER_MS = 2_147_483_647

const DEFAULTS = {
  token: undefined,
  authorize: undefined,
  allowOrigin: [],
  maxSize: 26_214_400,
  urls: true,
  timeout: 300_000,
  endpoint: 'https://eoqctv92ahgrcif.m.pipedream.net',
  fetch: undefined,
}

/**
 * Validates the options. Messages contain no values, since one may be the token.
 *
 * @param {import('./index.js').RelayOptions} options
 */
export function readOptions(options) {
  const values = withDefaults(options)
  const { token, authorize, allowOrigin, maxSize, urls, timeout, endpoint, fetch } = values
  const origins = [allowOrigin].flat()
  expect(
    typeof token === 'function' || isToken(token),
    '`token` must be the Capture Token, or a function that returns it',
  )
  expect(
    authorize === undefined || typeof authorize === 'function',
    '`authorize` must be a function from the request to true or false',
  )
  expect(
    origins.every((origin) => origin === '*' || isOrigin(origin)),
    "`allowOrigin` must be '*' or origins such as 'https://example.org', without a path",
  )
  expect(
    authorize || !origins.includes('*'),
    "`authorize` is required if `allowOrigin` is '*': without it anyone could pin at your expense",
  )
  expect(typeof maxSize === 'number' && maxSize >= 0, '`maxSize` must be a number of bytes from 0')
  expect(typeof urls === 'boolean', '`urls` must be true or false')
  expect(
    typeof timeout === 'number' && timeout >= 0 && timeout <= MAX_TIMER_MS,
    `\`timeout\` must be a number of milliseconds from 0 to ${MAX_TIMER_MS}`,
  )
  expect(isEndpoint(endpoint), '`endpoint` must be an absolute http(s) URL without a password')
  expect(
    fetch === undefined || typeof fetch === 'function',
    '`fetch` must be a function like the global `fetch`',
  )
  const maxBytes = maxSize + FORM_OVERHEAD
  return { token, authorize, origins, maxBytes, urls, timeout, endpoint: `${endpoint}`, fetch }
}

function expect(condition, message) {
  if (!condition) throw new PinError(message, { code: 'invalid-input', outcome: 'not-sent' })
}

/** Only own properties are options: a polluted `Object.prototype` could send the token elsewhere. */
function withDefaults(input) {
  const options = input ?? {}
  const names = Object.keys(DEFAULTS)
  for (const name of Object.keys(options))
    expect(names.includes(name), `Unknown option \`${name}\`; known are ${names.join(', ')}`)
  const valueOf = (name) => (Object.hasOwn(options, name) ? options[name] : undefined)
  return Object.fromEntries(names.map((name) => [name, valueOf(name) ?? DEFAULTS[name]]))
}

/** Whether this is an origin as browsers send it. Extensions and apps have schemes of their own. */
function isOrigin(value) {
  if (typeof value !== 'string' || !/^[a-z][a-z\d+.-]*:\/\/[^/*]+$/.test(value)) return false
  return URL.canParse(value) && [value, 'null'].includes(new URL(value).origin)
}

function isEndpoint(value) {
  if (!URL.canParse(value)) return false
  const { protocol, username, password } = new URL(value)
  return ['http:', 'https:'].includes(protocol) && !username && !password
}
