import { hideReceived, proxyHint } from './quirks.js'
import { redact } from './redact.js'
import { get, items, stringField } from './value.js'

/**
 * Errors of requests that were certainly not processed: no connection, no proxy tunnel, no handshake, a
 * forbidden port, or a stream that the server refused without reading it. `tests/hosts/unsent.test.js`
 * produces each of them.
 */
const PRE_SEND_ERRORS = [
  // Node, by the codes of its sockets, of undici and of OpenSSL.
  /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT|UND_ERR_PRX_|HTTP Tunneling|^\S* bad port$/,
  /\bCERT_|SELF_SIGNED_CERT|UNABLE_TO_|ERR_TLS_CERT_|before secure TLS connection/,
  /ERR_SSL_.*(ALERT_(HANDSHAKE|PROTOCOL|NO_APP|INSUFF|ACCESS|UNKNOWN_CA|\w*CERT)|UNRECOGNIZED_NAME|WRONG_VERSION|UNSUPPORTED_PROTO)/,
  /NGHTTP2_REFUSED_STREAM/,
  // Deno, by the messages of hyper and rustls.
  /client error \(Connect\)|Requests to port \d+ are blocked|refused stream before processing/,
  /received fatal alert: (\w*Cert|UnknownCA|AccessDenied)/,
  // Deno and Node without the permission.
  /--allow-net/,
  // Bun.
  /TLS handshake failed|ERR_PROXY_TUNNEL/,
]

/** What workerd, Deno, Node, undici and Chromium say if they cannot make a request, or have no permission. */
const REFUSED =
  /not implemented|NotCapable|PermissionDenied|ERR_ACCESS_DENIED|RequestInit|Failed to execute/

/** What the `fetch` of a caller has thrown: the message may be that of a response. */
export const foreign = new WeakSet()

/** The maximum number of nested causes that are read. Runtimes have up to two. */
const MAX_CAUSES = 4

/**
 * Classifies the error of a request. `token` is redacted from `why` and `says`: a `fetch` of the caller may say it.
 *
 * @returns {{
 *   isRefused: boolean,
 *   failedBeforeSend: boolean,
 *   isUnreadable: boolean,
 *   why: string | undefined,
 *   says: string,
 *   origin: unknown,
 * }} `isRefused`: by the runtime; `failedBeforeSend`: certainly not processed; `origin`: the innermost cause, whose
 *   message is `says`
 */
export function inspect(thrown, token) {
  const errors = [thrown]
  for (let cause; errors.length < MAX_CAUSES; errors.push(cause)) {
    cause = get(errors.at(-1), 'cause')
    if (Object(cause) !== cause) break
  }
  errors.forEach(hideReceived)
  const origin = errors.at(-1)
  const says = (pattern) => errors.some((error) => pattern.test(describe(error)))
  const words = foreign.has(thrown) ? codeOf : describe
  const hasFailedBeforeSend = errors.some((error) => failedBeforeSend(error, words))
  const hint = hasFailedBeforeSend ? proxyHint() : ''
  return {
    isRefused: says(REFUSED),
    failedBeforeSend: hasFailedBeforeSend,
    isUnreadable: says(/^(unreadable|NotReadableError) /),
    why: thrown === undefined ? undefined : redact(describe(origin), token) + hint,
    says: redact(stringField(origin, 'message') ?? '', token),
    origin,
  }
}

/** Checks all errors: a host name can have several addresses, and an error for each. */
function failedBeforeSend(error, words) {
  const errors = items(get(error, 'errors') ?? error)
  const isKnown = (error) =>
    /^(connect|getaddrinfo)$/.test(get(error, 'syscall')) ||
    PRE_SEND_ERRORS.some((pattern) => pattern.test(words(error)))
  return errors.length > 0 && errors.every(isKnown)
}

const codeOf = (error) => stringField(error, 'code') || stringField(error, 'name') || ''

/** Returns the code of an error, or its name, and its message. */
const describe = (error) => `${codeOf(error)} ${stringField(error, 'message') ?? ''}`
