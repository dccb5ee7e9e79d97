// Runs in the page.
import * as numbersPin from '../../pkg/index.js'
import { LARGE, SMALL } from '../support/faults/answers.js'
import { resultOf } from '../support/faults/result.js'

/**
 * Pins and returns the result.
 *
 * @param {object} order
 * @param {object} order.options of the pin
 * @param {boolean} [order.large] whether the content is `LARGE`
 * @param {number} [order.times] the number of pins; the last one counts
 * @param {boolean} [order.heard] whether `onProgress` is set
 */
export async function meet({ options, large, times = 1, heard }) {
  const source = new Blob([(large ? LARGE : SMALL).bytes()])
  for (; times > 1; times--) await resultOf(numbersPin, source, options, heard)
  return resultOf(numbersPin, source, options, heard)
}
