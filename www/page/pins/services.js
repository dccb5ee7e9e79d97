import { webAddress } from '../lib/web-address.js'

/**
 * A pin service.
 *
 * @typedef {object} Service
 * @property {string} [endpoint] where orders are sent; for `other` the user enters it
 * @property {string} gateway the URL before `/ipfs/<cid>`
 * @property {Charges} [charges]
 *
 * @typedef {'nothing' | 'numbers'} Charges what an order costs: nothing, or the price of Numbers; not set if
 *   this page does not know
 */

const GATEWAY = 'https://ipfs-pin.numbersprotocol.io'

/** @type {Record<'local' | 'numbers' | 'other', Service>} */
export const SERVICES = {
  local: {
    endpoint: new URL('pin', document.baseURI).href,
    gateway: new URL('.', document.baseURI).href,
    charges: 'nothing',
  },
  numbers: {
    endpoint: 'https://eoqctv92ahgrcif.m.pipedream.net',
    gateway: GATEWAY,
    charges: 'numbers',
  },
  other: { gateway: GATEWAY },
}

/**
 * The name of the service of an order, for users.
 *
 * @param {{ endpoint: string, charges?: Charges }} order
 */
export function serviceName({ endpoint, charges }) {
  if (charges === 'nothing') return 'Test service'
  return charges === 'numbers' ? 'Numbers' : new URL(endpoint).host
}

/** Timeout of the request for the local service, in ms. */
const TIMEOUT = 3000

/** Whether the server of this page has a pin service of its own, as in `cargo xtask demo`. */
export async function localAnswers() {
  try {
    const { status, headers } = await fetch(SERVICES.local.endpoint, {
      method: 'OPTIONS',
      signal: AbortSignal.timeout(TIMEOUT),
    })
    return status === 204 && /\bPOST\b/.test(headers.get('Access-Control-Allow-Methods'))
  } catch {
    return false
  }
}

/**
 * The gateway to read the content from: the one in the receipt's `fileURL` if that is a gateway URL,
 * else that of the service.
 *
 * @param {import('./record.js').PinRecord} record
 */
export function gatewayOf({ gateway, receipt }) {
  const { origin, pathname } = webAddress(receipt?.fileURL) ?? {}
  return pathname === `/ipfs/${receipt?.cid}` ? origin : gateway
}
