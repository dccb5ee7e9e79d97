const UNITS = ['KB', 'MB', 'GB', 'TB']
const short = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })
const moment = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
})

/** A number of bytes in words. */
export function inBytes(bytes) {
  return bytes === 1 ? '1 byte' : `${bytes.toLocaleString('en')} bytes`
}

/** The same, rounded: `24.9 MB`. A megabyte is 1,048,576 bytes, as in the limit of the service. */
export function roughly(bytes) {
  if (bytes < 1024) return inBytes(bytes)
  let size = bytes / 1024
  let unit = 0
  for (; size >= 1024 && unit < UNITS.length - 1; unit += 1) size /= 1024
  return `${short.format(size)} ${UNITS[unit]}`
}

/** A time in ms, as a date in words. */
export function when(time) {
  const [then, now] = [time, Date.now()].map((time) => new Date(time).getFullYear())
  return then === now ? moment.format(time) : `${moment.format(time)}, ${then}`
}
