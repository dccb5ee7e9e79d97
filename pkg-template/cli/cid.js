import { verify } from '../index.js'

/**
 * Rejects what is not a CID, by the rules of the package. Nothing is sent.
 *
 * @param {string} cid
 * @param {AbortSignal} signal
 */
export async function checkCid(cid, signal) {
  await verify(new Blob(), cid, { signal })
}
