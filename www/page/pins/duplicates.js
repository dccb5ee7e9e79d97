import { addressOf, mayBeCharged } from './record.js'

/**
 * Finds what would be charged twice: each item whose content or URL comes earlier in this order, or was
 * already ordered from the same service. Items that the user insists on are left out.
 *
 * @template {{
 *   record: import('./record.js').PinRecord,
 *   reading: import('./reading.js').Reading,
 *   insistsOn: (order: Order) => boolean,
 * }} Item
 * @param {Item[]} chosen what is about to be ordered
 * @param {Iterable<{ record: import('./record.js').PinRecord }>} items all that is known, also of other tabs
 * @param {Order} order
 * @returns {Map<Item, { record: import('./record.js').PinRecord }>} from a duplicate to what it duplicates
 *
 * @typedef {ReturnType<typeof import('../ui/settings.js').readSettings>} Order its service and CID version
 */
export function findDuplicates(chosen, items, order) {
  const { endpoint, version } = order
  const seen = new Map()
  for (const item of items)
    if (mayBeCharged(item.record, endpoint))
      for (const key of keysOf(item.record)) seen.set(key, item)
  const duplicates = new Map()
  for (const item of chosen) {
    const key = addressOf(item.record) ?? item.reading.cidOf(version)
    if (!key) continue
    if (seen.has(key) && !item.insistsOn(order)) duplicates.set(item, seen.get(key))
    else seen.set(key, item)
  }
  return duplicates
}

/** What identifies the content: the CID computed here, the CID of the receipt, the URL. */
const keysOf = (record) => [record.cid, record.receipt?.cid, addressOf(record)]
