import { isKept } from './entry.js'
import { save, toCsv, toJson } from './export.js'
import { tell } from './news.js'

const tools = document.querySelector('#tools')
const search = tools.querySelector('#search')
const [json, csv] = tools.querySelectorAll('button')
const summary = document.querySelector('#found')

const count = (number) => (number === 1 ? '1 entry' : `${number} entries`)

/** What of the cards belongs to the history, and what of that the search finds. */
const kept = (cards) => cards.filter(({ entry }) => isKept(entry))
const found = (cards) => kept(cards).filter((card) => card.matches(search.value))

/**
 * Listens for a search, and for what it finds to be taken home.
 *
 * @param {() => import('./card.js').Card[]} cards
 */
export function onTools(cards) {
  search.addEventListener('input', () => {
    showTools(cards())
    tell(summary.textContent)
  })
  const download = (type, extension, write) => {
    const entries = found(cards()).map(({ entry }) => entry)
    save(`receipts.${extension}`, type, write(entries))
  }
  json.addEventListener('click', () => download('application/json', 'json', toJson))
  csv.addEventListener('click', () => download('text/csv', 'csv', toCsv))
}

/** Shows what the search finds, and how many they are. */
export function showTools(cards) {
  const all = kept(cards)
  const hits = new Set(found(cards))
  tools.hidden = all.length === 0
  for (const card of cards) card.element.hidden = isKept(card.entry) && !hits.has(card)
  summary.textContent =
    hits.size === all.length ? count(all.length) : `${hits.size} of ${count(all.length)}`
}
