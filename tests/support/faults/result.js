import { leaks } from './leaks.js'

/**
 * The result of a pin, as plain data that a page can return.
 *
 * @typedef {object} Result
 * @property {object} [receipt]
 * @property {boolean} [plain] whether the receipt is a plain object
 * @property {boolean} [known] whether the error is a `PinError`
 * @property {string} [name]
 * @property {string} [message]
 * @property {object} [error] the fields of the error
 * @property {string[]} leaks the paths at which the token appears
 * @property {object[]} progress all reports
 */

/**
 * Pins and returns the result. A receipt may contain anything, so it is not checked for the token.
 *
 * @param {typeof import('../../../pkg/index.js')} numbersPin
 * @param {Blob} source
 * @param {object} options of the pin
 * @param {boolean} heard whether `onProgress` is set
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
