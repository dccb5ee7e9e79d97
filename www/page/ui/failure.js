import { explainFailure } from './failure-messages.js'

/**
 * Shows what went wrong, whether you were charged, and what to do next.
 *
 * @param {HTMLElement} card
 * @param {import('../pins/record.js').PinRecord} record
 * @param {boolean} here whether the content is still available to retry
 * @returns {string} the state of the pin
 */
export function showFailure(card, record, here) {
  const find = (selector) => card.querySelector(selector)
  const { state, what, money, next, again, look } = explainFailure(record)
  find('.what').textContent = what
  find('.money').textContent = money
  find('.next').textContent = next
  find('.reason p').textContent = record.error.message
  find('.again').hidden = !again || !here
  find('.look').hidden = !look
  const { code, outcome } = record.error
  Object.assign(find('.failure').dataset, { code, outcome })
  return state
}
