import { mayBeBought } from './entry.js'

/**
 * The files that would be paid for twice: each card that waits, with the card of the same content
 * that goes before it in this order, or was ordered from the same service before. What the person
 * wants twice is left out.
 *
 * @param {Iterable<import('./card.js').Card>} cards
 * @param {string} endpoint where it would go
 * @returns {Map<import('./card.js').Card, import('./card.js').Card>}
 */
export function findTwins(cards, endpoint) {
  const bought = new Map()
  const waiting = []
  for (const card of cards) {
    if (card.state === 'waiting') waiting.push(card)
    else if (mayBeBought(card.entry, endpoint)) bought.set(card.cid, card)
  }
  const twins = new Map()
  for (const card of waiting) {
    if (!card.cid) continue
    if (bought.has(card.cid) && !card.insists) twins.set(card, bought.get(card.cid))
    else bought.set(card.cid, card)
  }
  return twins
}
