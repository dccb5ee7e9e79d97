import { findDuplicates } from './duplicates.js'

/**
 * Why an item is ordered only if the user asks for it again.
 *
 * @typedef {{ duplicate: Known, cid?: never } | { cid: string, duplicate?: never }} Hold a duplicate of
 *   another item, or the CID that it would get in place of the expected one
 *
 * @typedef {{ record: import('./record.js').PinRecord }} Known
 */

/**
 * Finds what must not be ordered without a second confirmation: duplicates, and files whose CID would change.
 *
 * @template {{
 *   record: import('./record.js').PinRecord,
 *   reading: import('./reading.js').Reading,
 *   insistsOn: (order: import('./duplicates.js').Order) => boolean,
 * }} Item
 * @param {Item[]} chosen what is about to be ordered
 * @param {Iterable<Known>} items all that is known, also of other tabs
 * @param {import('./duplicates.js').Order} order
 * @returns {Map<Item, Hold>}
 */
export function findHeld(chosen, items, order) {
  const held = new Map()
  for (const item of chosen) {
    const cid = changedCid(item, order)
    if (cid) held.set(item, { cid })
  }
  const rest = chosen.filter((item) => !held.has(item))
  for (const [item, duplicate] of findDuplicates(rest, items, order)) held.set(item, { duplicate })
  return held
}

/** The CID that the service would give, if another one is expected. */
function changedCid({ record, reading }, { version }) {
  const cid = reading.cidOf(version)
  return record.expect && cid !== record.expect ? cid : undefined
}
