const UNITS = ['kB', 'MB', 'GB']

/** A byte count for people, in decimal units: `26.2 MB`. */
export function formatBytes(bytes) {
  if (bytes < 1000) return `${Math.round(bytes)} B`
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length)
  return `${(bytes / 1000 ** power).toFixed(1)} ${UNITS[power - 1]}`
}

/** `11 B of 26.2 MB`, or without the total where it is `null`. */
export function formatProgress(loaded, total) {
  return total === null ? formatBytes(loaded) : `${formatBytes(loaded)} of ${formatBytes(total)}`
}

/**
 * Replaces control characters and bidirectional overrides, so that file names and responses cannot
 * control the terminal.
 */
export function printable(text) {
  return text.replace(/[\0-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
}
