import { cidOf } from '../pkg/index.js'
import { after } from '../lib/after.js'
import { exactSize } from '../lib/size.js'

/** The maximum size of a file in bytes: the documented 25 MB, read as 25 MiB, as in the package. */
export const MAX_SIZE = 26_214_400

/** The longest that a file waits for the one before it, in ms. */
const TURN = 1000

/** The longest that an order waits for its file, in ms. */
const PATIENCE = 10_000

/**
 * The result of reading a file: its CID, or the reason why it cannot be sent. `later` is set if the file
 * is still being read.
 *
 * @typedef {{ cid?: string, reason?: string, later?: Promise<Finding> }} Finding
 */

let last = Promise.resolve()

/**
 * Checks the size of a file and computes its CID. Files are read one after the other, so that many large
 * ones do not fill the memory. A disconnected drive or cloud may never deliver a file, so neither the
 * next file nor an order waits for long.
 *
 * @param {File} file
 * @param {0 | 1} version
 * @returns {Promise<Finding>}
 */
export function inspect(file, version) {
  const begun = last
  const read = begun.then(() => examine(file, version))
  last = Promise.race([read, begun.then(() => after(TURN))])
  return Promise.race([read, begun.then(() => after(PATIENCE)).then(() => tooSlow(read))])
}

/** @returns {Promise<Finding>} */
async function examine(file, version) {
  if (file.size > MAX_SIZE)
    return {
      reason: `The file has ${exactSize(file.size)}. The limit is ${exactSize(MAX_SIZE)}. Choose a smaller file. Numbers offers a subscription for larger files.`,
    }
  try {
    return { cid: await cidOf(file, { version }) }
  } catch {
    return { reason: 'The file could not be read. Check that it still exists and is not a folder.' }
  }
}

/** @returns {Finding} */
function tooSlow(later) {
  const reason =
    'The file is still being read. It was not sent. Check the connection to its drive or cloud storage, and pin it again when it is ready.'
  return { reason, later }
}
