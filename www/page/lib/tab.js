/** The unique name of this tab. */
export const TAB = `${Date.now()}-${Math.random()}`

// The browser releases the lock when the tab ends, however it ends.
navigator.locks?.request(TAB, () => new Promise(() => {}))

/** Lists the names of the open tabs of this page: only this one on a page that is not a secure context. */
export async function openTabs() {
  const { held = [] } = (await navigator.locks?.query()) ?? {}
  return new Set([TAB, ...held.map(({ name }) => name)])
}
