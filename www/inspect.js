import { cidOf } from './pkg/index.js'

/** The documented 25 MB, in bytes, as the package counts it. */
const MAX_SIZE = 26_214_400

let last = Promise.resolve()

/**
 * Finds out of a file what can be known before paying: its CID, or why it cannot be sent. One file
 * after the other, so that many large ones do not fill the memory.
 *
 * @param {File} file
 * @param {0 | 1} version
 * @returns {Promise<{ cid?: string, reason?: string }>}
 */
export function inspect(file, version) {
  last = last.then(() => examine(file, version))
  return last
}

async function examine(file, version) {
  if (file.size > MAX_SIZE)
    return {
      reason: 'Above the 25 MB that this API takes; Numbers has a subscription for larger files.',
    }
  try {
    return { cid: await cidOf(file, { version }) }
  } catch {
    return { reason: 'It could not be read. See that it is still there, and no folder.' }
  }
}
