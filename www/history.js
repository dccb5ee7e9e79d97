import { readAll } from './store.js'
import { openTabs } from './tab.js'

/**
 * What was ordered from this browser before, the oldest first. Of what was under way in a tab that
 * is gone nobody knows what became; what another tab is still at is left to that tab.
 *
 * @returns {Promise<import('./entry.js').Entry[]>}
 */
export async function readHistory() {
  const [entries, tabs] = await Promise.all([readAll(), openTabs()])
  return entries.filter(({ state, tab }) => state !== 'sending' || !tabs.has(tab)).map(interrupt)
}

function interrupt(entry) {
  if (entry.state !== 'sending') return entry
  const message = 'The page ended before the answer came.'
  return { ...entry, state: 'failed', error: { code: 'interrupted', outcome: 'unknown', message } }
}
