import { Card } from './card.js'
import { readSettings } from './settings.js'
import { askForSource, onSource, takeAddress } from './sources.js'

const settings = document.querySelector('#settings')
const list = document.querySelector('#cards')
const empty = document.querySelector('#empty')
const count = document.querySelector('#count')
const news = document.querySelector('#news')

/** @type {Set<Card>} */
const cards = new Set()

const waiting = () => [...cards].filter((card) => card.state === 'waiting')

onSource((source) => {
  const card = new Card(source, { changed, ended, again, removed })
  cards.add(card)
  list.append(card.element)
  changed()
})

settings.addEventListener('submit', (event) => {
  event.preventDefault()
  if (!takeAddress()) return
  const chosen = waiting()
  if (chosen.length === 0) askForSource()
  for (const card of chosen) card.order(readSettings())
})

function changed() {
  const number = waiting().length
  const text = {
    0: cards.size === 0 ? 'Nothing is sent before you press Pin.' : 'No file is waiting.',
    1: 'One file is waiting. Press Pin to send it.',
  }
  tell(count, text[number] ?? `${number} files are waiting. Press Pin to send them.`)
  empty.hidden = cards.size > 0
}

/** Writes into a live region, which would say the same words again if they were written again. */
function tell(region, text) {
  if (region.textContent !== text) region.textContent = text
}

function ended(sentence) {
  tell(news, sentence)
}

function again(card) {
  if (settings.reportValidity()) card.order(readSettings())
}

function removed(card) {
  const neighbour = card.element.nextElementSibling ?? card.element.previousElementSibling
  cards.delete(card)
  card.element.remove()
  changed()
  if (neighbour) neighbour.querySelector('h3').focus()
  else askForSource()
}

changed()
