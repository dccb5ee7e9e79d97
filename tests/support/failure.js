import { inspect } from 'node:util'
import { PinError } from '../../pkg/index.js'

/**
 * The error that a call rejects with.
 *
 * @param {Promise<unknown>} call
 * @returns {Promise<PinError>}
 */
export async function failure(call) {
  const [{ status, value, reason }] = await Promise.allSettled([call])
  if (status === 'fulfilled') throw new Error(`Resolved with ${inspect(value)}`)
  if (reason instanceof PinError) return reason
  throw new Error('Rejected with something else than a PinError', { cause: reason })
}
