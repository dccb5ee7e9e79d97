/** The columns of an export. */
const COLUMNS = {
  name: ({ name }) => name,
  size: ({ size }) => size,
  type: ({ type }) => type,
  ordered: ({ at }) => new Date(at).toISOString(),
  outcome: ({ state, error }) => (state === 'done' ? 'pinned' : (error?.outcome ?? 'unknown')),
  cid: ({ receipt, cid }) => receipt?.cid ?? cid,
  verified: ({ receipt }) => receipt?.verified,
  profile: ({ receipt }) => receipt?.profile,
  fileURL: ({ receipt }) => receipt?.fileURL,
  orderID: ({ receipt }) => receipt?.orderID,
  fileSize: ({ receipt }) => receipt?.fileSize,
  cid_version: ({ receipt }) => receipt?.cid_version,
  endpoint: ({ endpoint }) => endpoint,
  pin: ({ pin }) => pin,
}

const rowOf = (record) =>
  Object.fromEntries(Object.entries(COLUMNS).map(([name, read]) => [name, read(record)]))

/** Formats records as JSON, with all fields of their receipts. */
export function toJson(records) {
  const list = records.map((record) => ({ ...record.receipt, ...rowOf(record) }))
  return JSON.stringify(list, null, 2)
}

/** Formats records as CSV (RFC 4180), with the byte order mark by which spreadsheets detect UTF-8. */
export function toCsv(records) {
  const rows = records.map((record) => Object.values(rowOf(record)))
  return `\uFEFF${[Object.keys(COLUMNS), ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`
}

/** Escapes a value. A leading quote keeps spreadsheets from running a text as a formula. */
function cell(value) {
  if (typeof value === 'number') return String(value)
  const text = String(value ?? '').replace(/^[=+\-@\t\r]/, "'$&")
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** How long the browser has to start a download, in ms. */
const DOWNLOAD_START = 10_000

/** Downloads a text as a file. */
export function save(name, type, text) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), DOWNLOAD_START)
}
