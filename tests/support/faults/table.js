import { BODIES } from './bodies.js'
import { CONNECTIONS } from './connections.js'
import { CORS } from './cors.js'
import { RECEIPTS } from './receipts.js'
import { REDIRECTS } from './redirects.js'
import { RETRIES } from './retries.js'
import { SECRETS } from './secrets.js'
import { STALLS } from './stalls.js'
import { STATUSES } from './statuses.js'

/**
 * A fault of the service or the connection, and the expected result of a pin. The content is `SMALL`,
 * unless the fault has `content: LARGE`.
 *
 * The principle of the outcomes: `not-sent` and `refused` are promises, made only if it is certain that
 * nothing was ordered. After the order was passed to the runtime, and after a successful response
 * without a receipt, the outcome is `unknown`.
 *
 * @typedef {object} Fault
 * @property {string} name
 * @property {(exchange: import('./server.js').Exchange) => unknown} [serve] what the server does
 * @property {string} [at] an endpoint that fails before any request is read
 * @property {object} [content]
 * @property {object} [options] further options of the pin
 * @property {number} [times] the number of pins, one after the other; the last one counts
 * @property {(response: import('node:http').ServerResponse) => void} [preflight]
 * @property {Expectation} expect
 * @property {Difference} [node] what differs in this runtime
 * @property {Difference} [chromium]
 * @property {Difference} ['node with progress'] what differs further with `onProgress`, which
 *   changes the request
 * @property {Difference} ['chromium with progress']
 */

/** @typedef {Partial<Expectation> & { why: string }} Difference */

/**
 * `resolves` is the receipt of a successful pin, without `verified` and `profile`; otherwise the fields
 * are those of the error, which must have no others. `posts` is the number of orders that the server
 * received.
 *
 * @typedef {object} Expectation
 * @property {number} posts
 * @property {object} [resolves]
 * @property {string} [code]
 * @property {string} [outcome]
 * @property {number} [status]
 * @property {number} [retryAfter]
 * @property {object} [receipt] the response of the service, without `verified` and `profile`
 * @property {Partial<Expectation>} [also] another valid error, if a race decides
 */

/** @type {Fault[]} */
export const FAULTS = [
  ...CONNECTIONS,
  ...STALLS,
  ...BODIES,
  ...RECEIPTS,
  ...STATUSES,
  ...RETRIES,
  ...REDIRECTS,
  ...SECRETS,
  ...CORS,
]

/**
 * The expected result of a fault in a runtime, with its differences.
 *
 * @param {Fault} fault
 * @param {...('node' | 'node with progress' | 'chromium' | 'chromium with progress')} runtimes
 * @returns {Expectation}
 */
export function expectedIn(fault, ...runtimes) {
  const { why, ...expected } = Object.assign(
    {},
    fault.expect,
    ...runtimes.map((runtime) => fault[runtime]),
  )
  return expected
}
