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
 * Something that goes wrong, and what a pin has to make of it. Bytes are pinned, `SMALL` where the
 * fault does not say `content: LARGE`.
 *
 * The principle behind the outcomes: `not-sent` and `refused` are promises, made only where it is
 * certain that nothing was ordered. Once the order was passed to the runtime, `unknown` is the honest
 * word; so it is of an answer of success that holds no receipt.
 *
 * @typedef {object} Fault
 * @property {string} name
 * @property {(exchange: import('./server.js').Exchange) => unknown} [serve] what the server does
 * @property {string} [at] a place of the server that misbehaves before any request is read
 * @property {object} [content]
 * @property {object} [options] further options of the pin
 * @property {number} [times] how many pins are made, one after the other; the last one counts
 * @property {(response: import('node:http').ServerResponse) => void} [preflight]
 * @property {Expectation} expect
 * @property {Difference} [node] what truly differs in this host
 * @property {Difference} [chromium]
 * @property {Difference} ['node with progress'] what differs further where `onProgress` is given,
 *   since the request then is another one
 * @property {Difference} ['chromium with progress']
 */

/** @typedef {Partial<Expectation> & { why: string }} Difference */

/**
 * `resolves` is the receipt of a pin that succeeds, without its proof; otherwise the fields are
 * those of the error, and one that is not here must not be there. `posts` is how many orders the
 * server saw.
 *
 * @typedef {object} Expectation
 * @property {number} posts
 * @property {object} [resolves]
 * @property {string} [code]
 * @property {string} [outcome]
 * @property {number} [status]
 * @property {number} [retryAfter]
 * @property {object} [receipt] what the service answered, without a proof
 * @property {Partial<Expectation>} [also] an error that is as right, where a race decides
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
 * What is expected of a fault in a host, with the differences of these.
 *
 * @param {Fault} fault
 * @param {...('node' | 'node with progress' | 'chromium' | 'chromium with progress')} hosts
 * @returns {Expectation}
 */
export function expectedIn(fault, ...hosts) {
  const { why, ...expected } = Object.assign({}, fault.expect, ...hosts.map((host) => fault[host]))
  return expected
}
