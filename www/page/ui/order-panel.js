import { mayCost, totalPrice } from '../pins/price.js'

const panel = document.querySelector('#order')
const count = panel.querySelector('#count')
const cost = panel.querySelector('#cost')
const isPublic = panel.querySelector('#public')
const button = panel.querySelector('.primary')
const offline = panel.querySelector('#offline')
const going = panel.querySelector('#going')
const failed = panel.querySelector('#failed')

const files = (number) => (number === 1 ? '1 file' : `${number} files`)

/**
 * Shows what would be ordered and its price, the progress of the current order, and how many files failed.
 *
 * @param {{
 *   all: number, waiting: number, held: number, going: number, ended: number, failed: number
 * }} cards how many of each; `failed` without a charge
 * @param {ReturnType<typeof import('./settings.js').readSettings>} settings
 * @param {boolean} online whether the service can be reached
 */
export function showOrderPanel(cards, settings, online) {
  const { waiting, ended } = cards
  count.textContent = summary(cards)
  cost.textContent = waiting ? totalPrice(waiting, settings) : advice(cards)
  const toRetry = cards.failed > 1 ? cards.failed : 0
  isPublic.hidden = !(waiting || toRetry) || !mayCost(settings)
  button.textContent = waiting ? `Pin ${files(waiting)}` : 'Pin'
  button.classList.toggle('idle', !waiting || !online)
  offline.hidden = online
  going.hidden = cards.going === 0
  going.querySelector('span').textContent = `${ended} of ${files(ended + cards.going)} done`
  failed.hidden = !toRetry
  const again = mayCost(settings) ? totalPrice(toRetry, settings) : 'Trying again is free.'
  failed.querySelector('span').textContent = `${files(toRetry)} failed. ${again}`
}

function summary({ all, waiting, held, going }) {
  if (waiting) return held ? `${waiting} of ${files(waiting + held)}` : files(waiting)
  if (going) return `${files(going)} in progress`
  return all ? 'No file to pin' : 'No file chosen'
}

function advice({ all, going }) {
  if (going) return 'You can add more files now.'
  return all ? 'See the list for the reason.' : 'Nothing is sent until you select Pin.'
}
