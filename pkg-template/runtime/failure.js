import { hideReceived, proxyHint } from './quirks.js'
import { field, get } from './value.js'

/**
 * What runtimes say where a request was certainly not processed: no connection, no tunnel through a proxy,
 * no handshake, a port that `fetch` forbids, or a stream that the server refused unread.
 * `tests/hosts/unsent.test.js` has a real connection for each.
 */
const UNSENT = [
  // Node, by the codes of its sockets, of undici and of OpenSSL.
  /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT|UND_ERR_PRX_|HTTP Tunneling|^\S* bad port$/,
  /\bCERT_|SELF_SIGNED_CERT|UNABLE_TO_|ERR_TLS_CERT_|before secure TLS connection/,
  /ERR_SSL_.*(ALERT_(HANDSHAKE|PROTOCOL|NO_APP|INSUFF|ACCESS|UNKNOWN_CA|\w*CERT)|UNRECOGNIZED_NAME|WRONG_VERSION|UNSUPPORTED_PROTO)/,
  /NGHTTP2_REFUSED_STREAM/,
  // Deno, by the messages of hyper and rustls.
  /client error \(Connect\)|Requests to port \d+ are blocked|refused stream before processing/,
  /received fatal alert: (\w*Cert|UnknownCA|AccessDenied)/,
  // Bun.
  /TLS handshake failed|ERR_PROXY_TUNNEL/,
]

/** How many causes of causes are looked at. Errors of runtimes have up to two. */
const MAX_CAUSES = 4

/**
 * What an error says of the request that threw it.
 *
 * @returns {{ isUnsent: boolean, isUnreadable: boolean, why: string | undefined }}
 */
export function inspect(thrown) {
  const errors = [thrown]
  for (let cause; errors.length < MAX_CAUSES; errors.push(cause)) {
    cause = get(errors.at(-1), 'cause')
    if (Object(cause) !== cause) break
  }
  errors.forEach(hideReceived)
  const isRefused = errors.some(isUnsent)
  return {
    isUnsent: isRefused,
    isUnreadable: errors.some((error) => /^(unreadable|NotReadableError) /.test(describe(error))),
    why:
      thrown === undefined ? undefined : describe(errors.at(-1)) + (isRefused ? proxyHint() : ''),
  }
}

/** A name has several addresses, each with an error of its own. */
function isUnsent(error) {
  try {
    const errors = Array.from(error.errors ?? [])
    return errors.length > 0 ? errors.every(isKnown) : isKnown(error)
  } catch {
    return false
  }
}

function isKnown(error) {
  const text = describe(error)
  return (
    ['connect', 'getaddrinfo'].includes(get(error, 'syscall')) ||
    UNSENT.some((pattern) => pattern.test(text))
  )
}

/** The code of an error, or else its name, and its message. */
function describe(error) {
  const code = field(error, 'code') || field(error, 'name') || ''
  return `${code} ${field(error, 'message') ?? ''}`
}
