import { forget, keep } from './lib/store.js'
import { TAB } from './lib/tab.js'
import { isLoopback } from './lib/web-address.js'
import { findHeld } from './pins/held.js'
import { readHistory } from './pins/history.js'
import { newRecord } from './pins/record.js'
import { announce } from './ui/announce.js'
import { Card } from './ui/card.js'
import { deletionMessage } from './ui/messages.js'
import { onMove } from './ui/move.js'
import { showOrderPanel } from './ui/order-panel.js'
import { onSettings, readSettings, startSettings } from './ui/settings.js'
import { askForSource, onSources, takeAddress } from './ui/sources.js'
import { clearSearch, onTools, showTools } from './ui/tools.js'
import { offerUndo } from './ui/undo.js'

const form = document.querySelector('#settings')
const fresh = document.querySelector('#cards')
const past = document.querySelector('#past')
const empty = document.querySelector('#empty')
const offline = document.querySelector('#offline')
const forgetful = document.querySelector('#forgetful')

/** @type {Set<Card>} the newest last */
const cards = new Set()
/** What was ordered since the last time that nothing was in flight. */
const batch = new Set()
/**
 * What other tabs have ordered since the history was read here.
 *
 * @type {import('./pins/held.js').Known[]}
 */
let elsewhere = []

const page = { changed, ended: announce, again: (card) => again([card]), removed }
const inState = (...states) => [...cards].filter(({ state }) => states.includes(state))
const underWay = () => inState('queued', 'sending')
const toRetry = () => [...cards].filter(({ canRetry }) => canRetry)

function changed() {
  const settings = readSettings()
  for (const card of inState('unfit')) card.reconsider(settings.version)
  const waiting = inState('waiting')
  const held = findHeld(waiting, known(), settings)
  for (const card of waiting) {
    card.prepare(settings.version)
    card.explain(settings, held.get(card))
  }
  const going = underWay().length
  showOrderPanel(
    {
      all: fresh.childElementCount,
      waiting: waiting.length - held.size,
      held: inState('unfit').length + held.size,
      going,
      ended: [...batch].filter(({ isOver }) => isOver).length,
      failed: toRetry().length,
    },
    settings,
    canReach(settings),
  )
  showTools([...cards])
  empty.hidden = cards.size > 0
}

const known = () => [...cards, ...elsewhere]

/** Compares with what other tabs have ordered meanwhile. */
async function readElsewhere() {
  const records = await readHistory().catch(() => undefined)
  if (!records) return
  const shown = new Set([...cards].map(({ record }) => record.id))
  const others = records.filter(({ id, tab }) => tab !== TAB && !shown.has(id))
  elsewhere = others.map((record) => ({ record }))
  changed()
}

/** A browser that is offline can still reach its own machine. */
function canReach({ endpoint }) {
  return navigator.onLine || (URL.canParse(endpoint) && isLoopback(endpoint))
}

/**
 * Adds a card for each source.
 *
 * @param {(File | string)[]} sources
 * @param {string} [expect] the CID that their orders have to give
 */
function add(sources, expect) {
  const chosen = sources.map((source) => new Card(newRecord(source, expect), page, source))
  fresh.prepend(...chosen.map(({ element }) => element))
  for (const card of chosen) cards.add(card)
  changed()
}

function submit() {
  if (!takeAddress()) return
  const chosen = inState('waiting')
  if (chosen.length === 0) askForSource()
  order(chosen)
}

/** Orders files again. False if the settings are not complete, which shows it. */
function again(chosen) {
  if (!form.reportValidity()) return false
  for (const card of chosen) card.renew()
  order(chosen)
  return true
}

/**
 * Orders what was chosen with the current settings, except what is held. No card waits for another, whose
 * file may never be read.
 */
function order(waiting) {
  const settings = readSettings()
  // What is shown as held is not part of the price, even if it is not held by the time that it is read.
  const held = findHeld(waiting, known(), settings)
  const chosen = waiting.filter((card) => !held.has(card))
  // Once per press: some of its orders may end before the rest is read.
  if (underWay().length === 0) batch.clear()
  for (const card of chosen) card.wanted = settings
  if (chosen.length > 0) clearSearch()
  const others = readElsewhere()
  for (const card of chosen) orderOne(card, chosen, settings, others)
}

async function orderOne(card, chosen, settings, others) {
  await Promise.all([card.prepare(settings.version), others])
  // In the meantime it may have been cancelled, found unreadable, or ordered by another press.
  const wanted = chosen.filter((card) => card.wanted === settings)
  if (!wanted.includes(card) || card.state !== 'waiting') return
  // Without its CID it cannot be compared with the others.
  if (!card.reading.isKnown(settings.version)) return
  if (!canReach(settings)) {
    announce(offline.textContent)
    return
  }
  if (findHeld(wanted, known(), settings).has(card)) return
  batch.add(card)
  card.order(settings)
}

function removed(card) {
  const { element, record } = card
  const list = element.parentElement
  const next = element.nextElementSibling
  const neighbour = shownSibling(element)
  const lead = () => {
    const card = neighbour && [...cards].find(({ element }) => element === neighbour)
    if (card) card.focus()
    else askForSource()
  }
  cards.delete(card)
  batch.delete(card)
  element.remove()
  if (record.id !== undefined) forget(record.id).catch(() => {})
  changed()
  if (!card.isOver) lead()
  else offerUndo(deletionMessage(record), restore, lead)

  function restore() {
    cards.add(card)
    list.insertBefore(element, next?.parentElement === list ? next : null)
    if (record.id !== undefined) keep(record).catch(() => {})
    changed()
    card.focus()
  }
}

/** The nearest card in the list that the search does not hide. */
function shownSibling(element) {
  for (const step of ['nextElementSibling', 'previousElementSibling']) {
    let sibling = element[step]
    while (sibling?.hidden) sibling = sibling[step]
    if (sibling) return sibling
  }
  return undefined
}

async function showHistory() {
  const records = await readHistory().catch(() => undefined)
  forgetful.hidden = records !== undefined
  const ended = (records ?? []).filter(({ state }) => !['queued', 'sending'].includes(state))
  for (const record of ended) {
    const card = new Card(record, page)
    cards.add(card)
    past.prepend(card.element)
  }
}

onSources((sources) => add(sources))
onMove(
  () => readSettings().gateway,
  (file, cid) => add([file], cid),
)
onTools(() => [...cards])
onSettings(changed)
form.addEventListener('submit', (event) => {
  event.preventDefault()
  submit()
})
document.querySelector('#cancel-all').addEventListener('click', () => {
  const [first] = underWay()
  for (const card of cards) card.cancel()
  // The button is hidden now; the keyboard focus must go on.
  first.focus()
})
document.querySelector('#again-all').addEventListener('click', () => {
  const chosen = toRetry()
  if (again(chosen)) chosen[0].focus()
})
for (const name of ['online', 'offline']) addEventListener(name, changed)
addEventListener('beforeunload', (event) => {
  if (underWay().length > 0) event.preventDefault()
})

await Promise.all([startSettings(), showHistory()])
// Not before the history is read, which duplicates are compared with.
form.inert = false
addEventListener('focus', readElsewhere)
changed()
