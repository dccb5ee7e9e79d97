/** Whether the runtime has what a request needs, in working order. */
export function canFetch() {
  try {
    new Headers().set('a', 'b')
    return typeof fetch === 'function'
  } catch {
    return false
  }
}

export const send = (url, init) => fetch(url, init)
