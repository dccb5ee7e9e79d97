import { PinError } from '../runtime/error.js'
import { isToken } from './token.js'

/** Bytes that a form may have in addition to its file: boundaries, names, the other fields. */
const FORM_OVERHEAD = 65_536

const DEFAULTS = {
  token: undefined,
  authorize: undefined,
  allowOrigin: [],
  maxSize: 26_214_400,
  endpoint: 'https://eoqctv92ahgrcif.m.pipedream.net',
}

/**
 * Validates the options. Messages contain no values, since one may be the token.
 *
 * @param {import('./index.js').RelayOptions} options
 */
export function readOptions(options) {
  const { token, authorize, allowOrigin, maxSize, endpoint } = withDefaults(options)
  const origins = [allowOrigin].flat()
  expect(
    typeof token === 'function' || isToken(token),
    '`token` must be the Capture Token, or a function that gives it',
  )
  expect(
    authorize === undefined || typeof authorize === 'function',
    '`authorize` must be a function that is given the request and says true or false',
  )
  expect(
    origins.every((origin) => origin === '*' || isOrigin(origin)),
    "`allowOrigin` must be '*' or origins such as 'https://example.org', without a path",
  )
  expect(
    authorize || !origins.includes('*'),
    "`authorize` is required where `allowOrigin` is '*': without it anyone could pin at your expense",
  )
  expect(typeof maxSize === 'number' && maxSize >= 0, '`maxSize` must be a number of bytes from 0')
  expect(isEndpoint(endpoint), '`endpoint` must be an absolute http(s) URL without a password')
  return { token, authorize, endpoint, origins, maxBytes: maxSize + FORM_OVERHEAD }
}

function expect(condition, message) {
  if (!condition) throw new PinError(message, { code: 'invalid-input', outcome: 'not-sent' })
}

function withDefaults(options) {
  const values = { ...options }
  const names = Object.keys(DEFAULTS)
  for (const name of Object.keys(values))
    expect(names.includes(name), `Unknown option \`${name}\`; known are ${names.join(', ')}`)
  for (const name of names) values[name] ??= DEFAULTS[name]
  return values
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
