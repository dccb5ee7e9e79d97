/** What is told of a record, and what it is called. */
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

/** Entries as JSON, with all that a service sent in its receipts. */
export function toJson(records) {
  const list = records.map((record) => ({ ...record.receipt, ...rowOf(record) }))
  return JSON.stringify(list, null, 2)
}

/** Entries as CSV by RFC 4180, beginning with the mark by which spreadsheets know UTF-8. */
export function toCsv(records) {
  const rows = records.map((record) => Object.values(rowOf(record)))
  return `\uFEFF${[Object.keys(COLUMNS), ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`
}

/** Spreadsheets run a text that begins like a formula, unless a quote stands before it. */
function cell(value) {
  if (typeof value === 'number') return String(value)
  const text = String(value ?? '').replace(/^[=+\-@\t\r]/, "'$&")
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** How long the browser has to take over a file, in ms. */
const HANDOVER = 10_000

/** Hands a text to the person as a file. */
export function save(name, type, text) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), HANDOVER)
}
