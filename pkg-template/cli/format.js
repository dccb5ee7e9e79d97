const UNITS = ['kB', 'MB', 'GB']

/** A byte count for people, in decimal units: `26.2 MB`. */
export function formatBytes(bytes) {
  if (bytes < 1000) return `${Math.round(bytes)} B`
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length)
  return `${(bytes / 1000 ** power).toFixed(1)} ${UNITS[power - 1]}`
}

/** `11 B of 26.2 MB`, or without the total where it is `null` or wrong, as that of files in `/proc`. */
export function formatProgress(loaded, total) {
  const isKnown = total !== null && total >= loaded
  return isKnown ? `${formatBytes(loaded)} of ${formatBytes(total)}` : formatBytes(loaded)
}

/** Control characters and bidirectional overrides, which could control the terminal. */
const CONTROLS = /[\0-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g

/** Replaces what could control the terminal in file names and responses. */
export function printable(text) {
  return text.replace(CONTROLS, '\ufffd')
}

/** How deep the values of a response are kept if `JSON.stringify` cannot write all of them. */
const MAX_DEPTH = 8

/** A value as one line of JSON that cannot control the terminal. It does not throw on deep nesting. */
export function toJson(value) {
  return stringify(value).replace(
    CONTROLS,
    (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function stringify(value) {
  try {
    return JSON.stringify(value)
  } catch {
    return JSON.stringify(prune(value, MAX_DEPTH))
  }
}

function prune(value, depth) {
  if (typeof value !== 'object' || value === null) return value
  if (depth === 0) return '[nested too deeply]'
  if (Array.isArray(value)) return value.map((item) => prune(item, depth - 1))
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, prune(item, depth - 1)]),
  )
}
