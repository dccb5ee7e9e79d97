const UNITS = ['kB', 'MB', 'GB']

/** A number of bytes as people read it. */
export function size(bytes) {
  if (bytes < 1000) return `${Math.round(bytes)} B`
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length)
  return `${(bytes / 1000 ** power).toFixed(1)} ${UNITS[power - 1]}`
}
