import { isKept } from '../pins/record.js'
import { announce } from './announce.js'
import { save, toCsv, toJson } from './export.js'

const tools = document.querySelector('#tools')
const search = tools.querySelector('#search')
const [json, csv] = tools.querySelectorAll('button')
const summary = document.querySelector('#found')

const count = (number) => (number === 1 ? '1 order' : `${number} orders`)

/** The cards that belong in the history, and those of them that match the search. */
const kept = (cards) => cards.filter(({ record }) => isKept(record))
const found = (cards) => kept(cards).filter((card) => card.matches(search.value))

/**
 * Listens for searches and exports.
 *
 * @param {() => import('./card.js').Card[]} cards
 */
export function onTools(cards) {
  search.addEventListener('input', () => {
    showTools(cards())
    announce(summary.textContent)
  })
  const download = (type, extension, write) => {
    const records = found(cards()).map(({ record }) => record)
    save(`receipts.${extension}`, type, write(records))
  }
  json.addEventListener('click', () => download('application/json', 'json', toJson))
  csv.addEventListener('click', () => download('text/csv', 'csv', toCsv))
}

/** Shows all: a card must not vanish when its receipt arrives. */
export function clearSearch() {
  search.value = ''
}

/** Shows the cards that match the search, and their number. */
export function showTools(cards) {
  const all = kept(cards)
  const hits = new Set(found(cards))
  tools.hidden = all.length === 0
  for (const card of cards) card.element.hidden = isKept(card.record) && !hits.has(card)
  summary.textContent =
    hits.size === all.length ? count(all.length) : `${hits.size} of ${count(all.length)}`
}
