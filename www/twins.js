import { mayBeBought } from './entry.js'

/**
 * The files that would be paid for twice: each card that waits, with the card of the same content
 * that goes before it in this order, or was ordered from the same service before. What the person
 * wants twice is left out.
 *
 * @param {Iterable<import('./card.js').Card>} cards
 * @param {{ endpoint: string, version: 0 | 1 }} order where it would go, and with which CIDs
 * @returns {Map<import('./card.js').Card, import('./card.js').Card>}
 */
export function findTwins(cards, { endpoint, version }) {
  const bought = new Map()
  const waiting = []
  for (const card of cards) {
    if (card.state === 'waiting') waiting.push(card)
    else if (mayBeBought(card.entry, endpoint))
      for (const sign of signsOf(card.entry)) bought.set(sign, card)
  }
  const twins = new Map()
  for (const card of waiting) {
    const cid = card.cidOf(version)
    if (!cid) continue
    if (bought.has(cid) && !card.insists) twins.set(card, bought.get(cid))
    else bought.set(cid, card)
  }
  return twins
}

/** What tells its content: the CID computed here, and the one that the service has it by. */
const signsOf = ({ cid, receipt }) => [cid, receipt?.cid]
