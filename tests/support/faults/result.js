import { leaks } from './leaks.js'

/**
 * What came of a pin, as plain data that a page can hand over.
 *
 * @typedef {object} Result
 * @property {object} [receipt]
 * @property {boolean} [plain] whether the receipt is an object as any other
 * @property {boolean} [known] whether the error is a `PinError`
 * @property {string} [name]
 * @property {string} [message]
 * @property {object} [error] the fields of the error
 * @property {string[]} leaks where the token is
 * @property {object[]} progress all reports
 */

/**
 * Pins, and takes what comes of it. A receipt is the service's word, in which it may say anything,
 * so no token is looked for there.
 *
 * @param {typeof import('../../../pkg/index.js')} numbersPin
 * @param {Blob} source
 * @param {object} options of the pin
 * @param {boolean} heard whether the progress is listened to
 * @returns {Promise<Result>}
 */
export async function resultOf({ pin, PinError }, source, options, heard) {
  const progress = []
  const onProgress = (event) => progress.push(event)
  try {
    const receipt = await pin(source, heard ? { ...options, onProgress } : options)
    const plain = Object.getPrototypeOf(receipt) === Object.prototype
    return { receipt, plain, leaks: leaks(progress), progress }
  } catch (error) {
    const { name, message } = error
    const known = error instanceof PinError
    const fields = { ...error }
    return { known, name, message, error: fields, leaks: leaks([error, progress]), progress }
  }
}
