import { addressOf, mayBeBought } from './entry.js'

/**
 * What would be paid for twice: each card to be ordered, with the one of the same content or address
 * that goes before it in this order, or was ordered from the same service before. What the person
 * wants twice is left out.
 *
 * @param {import('./card.js').Card[]} chosen what is to be ordered
 * @param {Iterable<import('./card.js').Card>} cards all that there are
 * @param {{ endpoint: string, version: 0 | 1 }} order where it would go, and with which CIDs
 * @returns {Map<import('./card.js').Card, import('./card.js').Card>}
 */
export function findTwins(chosen, cards, { endpoint, version }) {
  const bought = new Map()
  for (const card of cards)
    if (mayBeBought(card.entry, endpoint))
      for (const sign of signsOf(card.entry)) bought.set(sign, card)
  const twins = new Map()
  for (const card of chosen) {
    const sign = addressOf(card.entry) ?? card.reading.cidOf(version)
    if (!sign) continue
    if (bought.has(sign) && !card.insists) twins.set(card, bought.get(sign))
    else bought.set(sign, card)
  }
  return twins
}

/** What tells its content: the CID computed here, the one that the service has it by, the address. */
const signsOf = (entry) => [entry.cid, entry.receipt?.cid, addressOf(entry)]
