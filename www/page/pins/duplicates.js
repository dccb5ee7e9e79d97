import { addressOf, mayBeCharged } from './record.js'

/**
 * What would be paid for twice: each card to be ordered, with the one of the same content or address
 * that goes before it in this order, or was ordered from the same service before. What the person
 * wants twice is left out.
 *
 * @param {import('../ui/card.js').Card[]} chosen what is to be ordered
 * @param {Iterable<import('../ui/card.js').Card>} cards all that there are
 * @param {{ endpoint: string, version: 0 | 1 }} order where it would go, and with which CIDs
 * @returns {Map<import('../ui/card.js').Card, import('../ui/card.js').Card>}
 */
export function findDuplicates(chosen, cards, { endpoint, version }) {
  const bought = new Map()
  for (const card of cards)
    if (mayBeCharged(card.record, endpoint))
      for (const sign of signsOf(card.record)) bought.set(sign, card)
  const duplicates = new Map()
  for (const card of chosen) {
    const sign = addressOf(card.record) ?? card.reading.cidOf(version)
    if (!sign) continue
    if (bought.has(sign) && !card.insists) duplicates.set(card, bought.get(sign))
    else bought.set(sign, card)
  }
  return duplicates
}

/** What tells its content: the CID computed here, the one that the service has it by, the address. */
const signsOf = (record) => [record.cid, record.receipt?.cid, addressOf(record)]
