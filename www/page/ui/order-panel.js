import { totalPrice } from '../pins/price.js'

const panel = document.querySelector('#order')
const count = panel.querySelector('#count')
const cost = panel.querySelector('#cost')
const button = panel.querySelector('.primary')
const going = panel.querySelector('#going')

const files = (number) => (number === 1 ? '1 file' : `${number} files`)

/**
 * Shows what would be ordered and its price, and the progress of the current order.
 *
 * @param {{ waiting: number, held: number, going: number, ended: number }} cards how many of each
 * @param {ReturnType<typeof import('./settings.js').readSettings>} settings
 */
export function showOrderPanel({ waiting, held, going: under, ended }, settings) {
  count.textContent = summary(waiting, held, under)
  cost.textContent = waiting ? totalPrice(waiting, settings) : advice(under)
  button.textContent = waiting ? `Pin ${files(waiting)}` : 'Pin'
  going.hidden = under === 0
  going.querySelector('span').textContent = `${ended} of ${files(ended + under)} done`
}

function summary(waiting, held, under) {
  if (waiting) return files(waiting)
  if (under) return `Sending ${files(under)}`
  return held ? 'No file to pin' : 'No file chosen'
}

function advice(under) {
  return under ? 'You can add more files now.' : 'Nothing is sent until you select Pin.'
}
