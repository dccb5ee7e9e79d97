import { forget, readAll } from '../lib/store.js'
import { openTabs } from '../lib/tab.js'

/**
 * Reads what was ordered in this browser, the oldest first. An order that was in flight in a closed tab
 * has an unknown outcome, and one that was still queued there was never sent; those of another open tab are still
 * `queued` or `sending`.
 *
 * @returns {Promise<import('./record.js').PinRecord[]>}
 */
export async function readHistory() {
  const [records, tabs] = await Promise.all([readAll(), openTabs()])
  const isOpen = ({ tab }) => tabs.has(tab)
  const unsent = records.filter((record) => record.state === 'queued' && !isOpen(record))
  for (const { id } of unsent) forget(id).catch(() => {})
  return records
    .filter((record) => !unsent.includes(record))
    .map((record) => (isOpen(record) ? record : interrupt(record)))
}

function interrupt(record) {
  if (record.state !== 'sending') return record
  const message = 'The tab was closed, or crashed, while the order was sent.'
  return { ...record, state: 'failed', error: { code: 'interrupted', outcome: 'unknown', message } }
}
