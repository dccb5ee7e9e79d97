import { explainFailure } from './messages.js'

/**
 * Fills in what went wrong, what became of the money, and what to do now.
 *
 * @param {HTMLElement} card
 * @param {import('../pins/record.js').PinRecord} record
 * @param {boolean} here whether the content is still here, to be sent again
 * @returns {string} the state that the pin is in
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
  card.classList.toggle('unclear', record.error.outcome === 'unknown')
  return state
}
