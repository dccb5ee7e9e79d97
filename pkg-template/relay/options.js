import { PinError } from '../runtime/error.js'

/** What a form may have besides its file, in bytes: boundaries, names, the other fields. */
const FRAME = 65_536

const DEFAULTS = {
  token: undefined,
  authorize: undefined,
  allowOrigin: [],
  maxSize: 26_214_400,
  endpoint: 'https://eoqctv92ahgrcif.m.pipedream.net',
}

/**
 * Refuses options that cannot be meant. No value is shown: it may be the token.
 *
 * @param {import('../relay.js').RelayOptions} options
 */
export function check(options) {
  const given = { ...options }
  const known = Object.keys(DEFAULTS)
  const expect = (holds, message) => {
    if (!holds) throw new PinError(message, { code: 'invalid-input', outcome: 'not-sent' })
  }
  for (const name of Object.keys(given))
    expect(known.includes(name), `Unknown option \`${name}\`; known are ${known.join(', ')}`)
  for (const name of known) given[name] ??= DEFAULTS[name]

  const { token, authorize, maxSize, endpoint } = given
  const origins = [given.allowOrigin].flat()
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
  return { token, authorize, origins, limit: maxSize + FRAME, endpoint }
}

/** What a header can carry, and JSON as it is: a token in quotes has them from a file of settings. */
export const isToken = (value) => typeof value === 'string' && /^[!#-&(-[\]-~]+$/.test(value)

/** An origin as browsers write it; pages of an extension or an app have schemes of their own. */
function isOrigin(value) {
  if (typeof value !== 'string' || !/^[a-z][a-z\d+.-]*:\/\/[^/*]+$/.test(value)) return false
  return URL.canParse(value) && [value, 'null'].includes(new URL(value).origin)
}

function isEndpoint(value) {
  if (!URL.canParse(value)) return false
  const { protocol, username, password } = new URL(value)
  return ['http:', 'https:'].includes(protocol) && !username && !password
}
