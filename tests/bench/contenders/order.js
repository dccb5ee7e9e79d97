import { NFTStorage } from 'nft.storage'
import { PinataSDK } from 'pinata'

const token = 'bench'

/** What one would write without a package. */
export async function byHand(file, endpoint) {
  const body = new FormData()
  body.append('file', file)
  const headers = { Authorization: `token ${token}` }
  const response = await fetch(endpoint, { method: 'POST', headers, body })
  if (!response.ok) throw new Error(`Status ${response.status}`)
  return response.json()
}

export function byPinata(file, endpoint) {
  const pinata = new PinataSDK({ pinataJwt: token, uploadUrl: endpoint })
  return pinata.upload.public.file(file)
}

/** Without its limit of three orders a second. */
export async function byNftStorage(file, endpoint) {
  const rateLimiter = async () => {}
  const storage = new NFTStorage({ token, endpoint: new URL(`${endpoint}/`), rateLimiter })
  return { cid: await storage.storeBlob(file) }
}

/**
 * Runs tasks with limited concurrency.
 *
 * @param {number} count
 * @param {number} atOnce
 * @param {(index: number) => Promise<unknown>} task
 */
export async function each(count, atOnce, task) {
  let next = 0
  const work = async () => {
    while (next < count) await task(next++)
  }
  await Promise.all(Array.from({ length: atOnce }, work))
}
