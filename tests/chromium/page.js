import { openPage } from '../support/page.js'

/**
 * Opens a page that can pin.
 *
 * @param {Parameters<typeof openPage>} page
 * @returns {Promise<import('../support/page.js').Watched & {
 *   meet(order: object): Promise<import('../support/faults/result.js').Result>
 * }>} see meet.js
 */
export async function openPinPage(...page) {
  const watched = await openPage(...page)
  const meet = (order) =>
    watched.page.evaluate(async (order) => {
      const { meet } = await import('/tests/chromium/meet.js')
      return meet(order)
    }, order)
  return { ...watched, meet }
}
