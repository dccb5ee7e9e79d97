import { webAddress } from '../lib/web-address.js'

/** A CID in the encoding that services return: version 0, or version 1 in base32. */
const CID = /^(Qm[1-9A-HJ-NP-Za-km-z]{44}|b[a-z2-7]{50,})$/

/**
 * A file on IPFS.
 *
 * @typedef {object} Reference
 * @property {string} cid
 * @property {string} [gateway] the gateway in the URL
 * @property {string} [name] the file name in the URL
 */

/**
 * Parses a CID, an `ipfs://` URI or a gateway URL. A file inside a folder has no CID in its URL.
 *
 * @param {string} text
 * @returns {Reference | undefined}
 */
export function parseReference(text) {
  const url = webAddress(text.trim())
  if (!url) return reference(text.trim().replace(/^(ipfs:)?\/*(ipfs\/)?/i, ''))
  const name = url.searchParams.get('filename') ?? undefined
  const [, sub, host] = /^([^.]+)\.ipfs\.(.+)$/.exec(url.host) ?? []
  if (sub)
    return url.pathname === '/' ? reference(sub, `${url.protocol}//${host}`, name) : undefined
  const [, prefix, cid] = /^(.*)\/ipfs\/(.+)$/.exec(url.pathname) ?? []
  return cid ? reference(cid, `${url.origin}${prefix}`, name) : undefined
}

function reference(text, gateway, name) {
  const cid = text.replace(/\/$/, '')
  return CID.test(cid) ? { cid, gateway, name } : undefined
}

/** The version of a CID. @returns {0 | 1} */
export const versionOf = (cid) => (cid.startsWith('Qm') ? 0 : 1)
