/**
 * What the server does to one attempt, as data. scripts.js performs it, and rules.js has the expected
 * result.
 *
 * @typedef {object} Step
 * @property {string} name
 * @property {boolean} [refuse] no server listens
 * @property {keyof typeof UPLOADED} [upload] how much of the request the server reads before it
 *   destroys the connection
 * @property {number} [status] of the response
 * @property {string} [body]
 * @property {string} [retryAfter]
 * @property {keyof typeof SENT} [cut] how much of the response is sent before the connection ends
 */

/** How many bytes of a request the server reads, by the lengths of its head and of all of it. */
export const UPLOADED = {
  nothing: () => 0,
  'one byte': () => 1,
  'the head': (head) => head,
  half: (head, whole) => Math.ceil(whole / 2),
  'all but a byte': (head, whole) => whole - 1,
  all: (head, whole) => whole,
}

/** How many characters of a response are sent, by the lengths of its head and of all of it. */
export const SENT = {
  'before the status line': () => 0,
  'in the status line': () => 'HTTP/1.1 2'.length,
  'in the headers': (head) => head - '-Length: 000\r\n\r\n'.length,
  'after the headers': (head) => head,
  'in the body': (head, whole) => Math.floor((head + whole) / 2),
  'before the last byte': (head, whole) => whole - 1,
}

/**
 * A receipt for any bytes: only the CID of a raw block proves a mismatch, and this is the root of a
 * tree.
 */
export const RECEIPT = {
  fileURL: 'https://gateway.example/ipfs/x',
  cid: 'bafybeihykld7uyxzogax6vgyvag42y7464eywpf55gxi5qpoisibh3c5wa',
  fileSize: 11,
  cid_version: 1,
  orderID: 'order-1',
}

const answer = (status, body = '{"message":"no"}', fields = {}) => ({
  name: `${status}`,
  status,
  body,
  ...fields,
})

const cutAt = (step, cut) => ({ ...step, cut, name: `${step.name} cut ${cut}` })

/** The step after the end of a script. */
export const PINNED = answer(200, JSON.stringify(RECEIPT), { name: 'a receipt' })
export const REFUSED = { name: 'a refused connection', refuse: true }
export const BUSY = answer(429, 'later', { name: '429 with Retry-After', retryAfter: '0' })
export const BUSY_UNTIMED = answer(429, 'later')
export const BROKEN = answer(500)
export const LOST = { name: 'an upload cut after all', upload: 'all' }

const CUT_BODY = ['after the headers', 'in the body', 'before the last byte']

/** @type {Step[]} */
export const STEPS = [
  PINNED,
  REFUSED,
  ...Object.keys(UPLOADED).map((upload) => ({ name: `an upload cut after ${upload}`, upload })),
  ...Object.keys(SENT).map((cut) => cutAt(PINNED, cut)),
  ...[answer(400), answer(401), BUSY, BROKEN].flatMap((step) =>
    CUT_BODY.map((cut) => cutAt(step, cut)),
  ),
  ...[400, 401, 402, 403, 404, 413, 503].map((status) => answer(status)),
  BUSY,
  BUSY_UNTIMED,
  BROKEN,
  answer(200, '<title>Hello</title>', { name: 'an HTML page' }),
  answer(200, '{}', { name: 'an empty object' }),
]
