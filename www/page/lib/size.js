const UNITS = ['kB', 'MB', 'GB']

/** Formats a number of bytes exactly: `25,000,000 bytes`. */
export function exactSize(bytes) {
  return bytes === 1 ? '1 byte' : `${bytes.toLocaleString('en')} bytes`
}

/** Formats a number of bytes with one decimal: `25.0 MB`. A kB is 1000 bytes, as in the command line. */
export function roundedSize(bytes) {
  if (bytes < 1000) return exactSize(bytes)
  let size = bytes / 1000
  let unit = 0
  // 999.95 rounds to 1000.0, which is 1.0 of the next unit.
  for (; size >= 999.95 && unit < UNITS.length - 1; unit += 1) size /= 1000
  return `${size.toFixed(1)} ${UNITS[unit]}`
}
