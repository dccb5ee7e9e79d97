import { webAddress } from '../lib/web-address.js'

/**
 * Where an order can go.
 *
 * @typedef {object} Service
 * @property {string} [endpoint] the address it goes to; of `other` the person says it
 * @property {string} gateway what comes before `/ipfs/<cid>`
 * @property {boolean} [free] whether nothing is charged
 */

const GATEWAY = 'https://ipfs-pin.numbersprotocol.io'

/** @type {Record<'local' | 'numbers' | 'other', Service>} */
export const SERVICES = {
  local: {
    endpoint: new URL('pin', document.baseURI).href,
    gateway: new URL('.', document.baseURI).href,
    free: true,
  },
  numbers: { endpoint: 'https://eoqctv92ahgrcif.m.pipedream.net', gateway: GATEWAY },
  other: { gateway: GATEWAY },
}

/** How long the host of this page may take to say whether it plays the service, in ms. */
const PATIENCE = 3000

/** Whether the host of this page plays the service, as `cargo xtask demo` does. */
export async function localAnswers() {
  try {
    const { status, headers } = await fetch(SERVICES.local.endpoint, {
      method: 'OPTIONS',
      signal: AbortSignal.timeout(PATIENCE),
    })
    return status === 204 && /\bPOST\b/.test(headers.get('Access-Control-Allow-Methods'))
  } catch {
    return false
  }
}

/**
 * The gateway to ask for the content: the one that the service names in the receipt, where it has
 * the shape of one.
 *
 * @param {import('./record.js').PinRecord} record
 */
export function gatewayOf({ gateway, receipt }) {
  const { origin, pathname } = webAddress(receipt?.fileURL) ?? {}
  return pathname === `/ipfs/${receipt?.cid}` ? origin : gateway
}
