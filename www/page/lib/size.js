const UNITS = ['KB', 'MB', 'GB', 'TB']
const short = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })

/** Formats a number of bytes exactly: `25,000,000 bytes`. */
export function exactSize(bytes) {
  return bytes === 1 ? '1 byte' : `${bytes.toLocaleString('en')} bytes`
}

/** Formats a number of bytes rounded: `24.9 MB`. A MB is 1,048,576 bytes, as in the service's limit. */
export function roundedSize(bytes) {
  if (bytes < 1024) return exactSize(bytes)
  let size = bytes / 1024
  let unit = 0
  for (; size >= 1024 && unit < UNITS.length - 1; unit += 1) size /= 1024
  return `${short.format(size)} ${UNITS[unit]}`
}
