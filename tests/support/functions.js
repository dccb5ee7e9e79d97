/** The exports that make no calls. */
const OTHERS = ['PRICE', 'PinError', 'isPinError']

/**
 * The names of the functions of the package that make calls.
 *
 * @param {typeof import('../../pkg/index.js')} numbersPin
 */
export const functionsOf = (numbersPin) =>
  Object.keys(numbersPin).filter((name) => !OTHERS.includes(name))

/**
 * The names of the options that a function has: the error of an unknown option lists them.
 *
 * @param {(...args: any[]) => Promise<unknown>} call
 * @returns {Promise<string[]>}
 */
export async function optionsOf(call) {
  const subject = Array(call.length - 1)
  const [{ reason }] = await Promise.allSettled([call(...subject, { unlikeAnyOther: 1 })])
  return /the options are (.*)/.exec(reason.message)[1].split(', ')
}
