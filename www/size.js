const UNITS = ['KB', 'MB', 'GB', 'TB']
const short = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })

/** A number of bytes in words. A megabyte is 1,048,576 bytes, as in the limit of the service. */
export function inBytes(bytes) {
  return bytes === 1 ? '1 byte' : `${bytes.toLocaleString('en')} bytes`
}

/** The same, rounded: `24.9 MB`. */
export function roughly(bytes) {
  if (bytes < 1024) return inBytes(bytes)
  let size = bytes / 1024
  let unit = 0
  for (; size >= 1024 && unit < UNITS.length - 1; unit += 1) size /= 1024
  return `${short.format(size)} ${UNITS[unit]}`
}
