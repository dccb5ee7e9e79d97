/** The name of this tab among those that are open. */
export const TAB = `${Date.now()}-${Math.random()}`

// The browser lets go of it when the tab ends, however it ends.
navigator.locks?.request(TAB, () => new Promise(() => {}))

/** The names of the tabs of this page that are open. Pages without encryption cannot know them. */
export async function openTabs() {
  const { held = [] } = (await navigator.locks?.query()) ?? {}
  return new Set(held.map(({ name }) => name))
}
