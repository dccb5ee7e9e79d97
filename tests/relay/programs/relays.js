import { createRelay } from '../../../pkg/relay/index.js'

/** The token of the relays, which must not leak. */
export const TOKEN = 'Capture-Token.4f1c9a7be2d05836'

/** A token with slashes, which PHP escapes in JSON. */
export const SLASHED = '/Capture/Token.4f1c9a7be2d05836/'

/** The `allowOrigin` of `listed`. */
export const PAGES = ['https://app.example', 'chrome-extension://abcdef']

/** An origin of the relay's own that is not loopback. */
export const OWN = 'https://own.example'

/** The `maxSize` of `small`. */
export const SMALL = 1000

const anyone = () => true
async function peek({ body }) {
  const reader = body.getReader()
  await reader.read()
  reader.releaseLock()
  return true
}
/** Options that lock the body when the relay reads the token, after `authorize` has returned. */
function seize() {
  let lock
  const authorize = ({ body }) => Boolean((lock = () => body.getReader()))
  return { authorize, token: () => (lock(), TOKEN) }
}
const isMember = ({ headers }) => headers.get('Authorization') === 'token session'

/**
 * Relays with different options, by the last segment of the path.
 *
 * @param {string} endpoint
 * @returns {(request: Request) => Promise<Response>}
 */
export function relays(endpoint) {
  const to = (options) => createRelay({ token: TOKEN, endpoint, ...options })
  const byName = {
    own: to({}),
    listed: to({ allowOrigin: PAGES }),
    named: to({ allowOrigin: OWN }),
    all: to({ allowOrigin: '*', authorize: anyone }),
    members: to({ authorize: async (request) => isMember(request), token: async () => TOKEN }),
    truthy: to({ authorize: () => 'yes' }),
    undecided: to({ authorize() {} }),
    throwing: to({ authorize: () => Promise.reject(new Error(TOKEN)) }),
    reading: to({ authorize: async (request) => Boolean(await request.text()) }),
    seizing: to(seize()),
    peeking: to({ authorize: peek }),
    holding: to({ authorize: ({ body }) => Boolean(body.getReader()) }),
    tokenless: to({ authorize: anyone, token: () => undefined }),
    losing: to({ authorize: anyone, token: () => Promise.reject(new Error(TOKEN)) }),
    slashed: to({ authorize: anyone, token: SLASHED }),
    small: to({ authorize: anyone, maxSize: SMALL }),
    files: to({ authorize: anyone, urls: false }),
    hasty: to({ authorize: anyone, timeout: 300 }),
    huge: to({ authorize: anyone, maxSize: Infinity }),
  }
  return (request) => byName[request.url.split('/').at(-1)](request)
}
