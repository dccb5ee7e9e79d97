import { readAll } from '../lib/store.js'
import { openTabs } from '../lib/tab.js'

/**
 * What was ordered from this browser before, the oldest first. Of what was under way in a tab that
 * is gone nobody knows what became; what another tab is still at is left to that tab.
 *
 * @returns {Promise<import('./record.js').PinRecord[]>}
 */
export async function readHistory() {
  const [records, tabs] = await Promise.all([readAll(), openTabs()])
  return records.filter(({ state, tab }) => state !== 'sending' || !tabs.has(tab)).map(interrupt)
}

function interrupt(record) {
  if (record.state !== 'sending') return record
  const message = 'The page ended before the answer came.'
  return { ...record, state: 'failed', error: { code: 'interrupted', outcome: 'unknown', message } }
}
