import { readAll } from '../lib/store.js'
import { openTabs } from '../lib/tab.js'

/**
 * Reads what was ordered in this browser, the oldest first. An order that was in flight in a closed tab
 * has an unknown outcome; one that is in flight in another open tab is still `sending`.
 *
 * @returns {Promise<import('./record.js').PinRecord[]>}
 */
export async function readHistory() {
  const [records, tabs] = await Promise.all([readAll(), openTabs()])
  return records.map((record) => (tabs.has(record.tab) ? record : interrupt(record)))
}

function interrupt(record) {
  if (record.state !== 'sending') return record
  const message = 'The tab was closed, or crashed, while the order was sent.'
  return { ...record, state: 'failed', error: { code: 'interrupted', outcome: 'unknown', message } }
}
