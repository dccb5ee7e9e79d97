import { forget, keep } from './lib/store.js'
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
import { onTools, showTools } from './ui/tools.js'
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

const page = { changed, ended: announce, again: (card) => again([card]), removed }
const inState = (...states) => [...cards].filter(({ state }) => states.includes(state))
const underWay = () => inState('queued', 'sending')
const toRetry = () => [...cards].filter(({ canRetry }) => canRetry)

function changed() {
  const settings = readSettings()
  for (const card of inState('unfit')) card.reconsider(settings.version)
  const waiting = inState('waiting')
  const held = findHeld(waiting, cards, settings)
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
      ended: batch.size - going,
      failed: toRetry().length,
    },
    settings,
    canReach(settings),
  )
  showTools([...cards])
  empty.hidden = cards.size > 0
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
function order(chosen) {
  const settings = readSettings()
  // Once per press: some of its orders may end before the rest is read.
  if (underWay().length === 0) batch.clear()
  for (const card of chosen) card.wanted = settings
  for (const card of chosen) orderOne(card, chosen, settings)
}

async function orderOne(card, chosen, settings) {
  await card.prepare(settings.version)
  // In the meantime it may have been cancelled, found unreadable, or ordered by another press.
  const wanted = chosen.filter((card) => card.wanted === settings)
  if (!wanted.includes(card) || card.state !== 'waiting') return
  // Without its CID it cannot be compared with the others.
  if (!card.reading.isKnown(settings.version)) return
  if (!canReach(settings)) {
    announce(offline.textContent)
    return
  }
  if (findHeld(wanted, cards, settings).has(card)) return
  batch.add(card)
  card.order(settings)
}

function removed(card) {
  const { element, record } = card
  const list = element.parentElement
  const next = element.nextElementSibling
  const neighbour = next ?? element.previousElementSibling
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

async function showHistory() {
  const records = await readHistory().catch(() => undefined)
  forgetful.hidden = records !== undefined
  for (const record of records ?? []) {
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
  for (const card of cards) card.cancel()
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
changed()
