/**
 * The content that is pinned: one block of eleven bytes, or more than the buffers between two
 * processes hold, so that the far end is still sending while the near end does not read. The CIDs
 * are those of kubo's tests and of tests/vectors.
 */
export const SMALL = {
  size: 11,
  bytes: () => new TextEncoder().encode('hello world'),
  cid: 'bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e',
}
export const LARGE = {
  size: 26_214_400,
  bytes: () => new Uint8Array(26_214_400),
  cid: 'bafybeicsska6br3bscee2b6mlbhslgp7jah4gxhc36i4sqkooeb7o2gsx4',
}

/** The receipt of content, as the API page describes it. */
export const receiptOf = ({ cid, size }) => ({
  fileURL: `https://gateway.example/ipfs/${cid}`,
  cid,
  fileSize: size,
  cid_version: 1,
  orderID: 'order-1',
})

export const RECEIPT = receiptOf(SMALL)

/**
 * What any service says of its answers. Chromium keeps an answer of no type to itself until it has
 * enough of it to guess one.
 */
const TYPE = 'application/json'

/** Takes the order in and answers it. */
export const answer =
  (status, body = '', headers = {}) =>
  async ({ read, response }) => {
    await read()
    response.writeHead(status, { 'Content-Type': TYPE, ...headers }).end(body)
  }

/** Takes the order in and answers with JSON. */
export const json = (value, status = 200) => answer(status, JSON.stringify(value))

/** The head of an answer, as it travels. The connection is of no further use to the server. */
export const head = (status, ...headers) =>
  [
    `HTTP/1.1 ${status}`,
    'Access-Control-Allow-Origin: *',
    'Connection: close',
    `Content-Type: ${TYPE}`,
    ...headers,
    '\r\n',
  ].join('\r\n')

/** A whole answer with a receipt, as it travels. */
export const whole = (content = SMALL) => {
  const body = JSON.stringify(receiptOf(content))
  return head('200 OK', `Content-Length: ${body.length}`) + body
}

/** Takes the order in, writes this as it is and says no more, but listens on. */
export const say =
  (text) =>
  async ({ read, socket }) => {
    await read()
    socket.write(text)
  }

/** Takes the order in, writes this as it is and closes. */
export const sayAndClose =
  (text) =>
  async ({ read, socket }) => {
    await read()
    socket.end(text)
  }

/** The outcome of an order, with the names of `PinError`. */
export const resolves = (receipt = RECEIPT) => ({ resolves: receipt, posts: 1 })
export const rejects = (code, outcome, fields = {}) => ({ code, outcome, posts: 1, ...fields })

/** No response: the outcome is unknown. */
export const LOST = rejects('network', 'unknown')

/** The API processed the order, but the response is not a receipt. */
export const garbled = (status = 200) => rejects('bad-response', 'unknown', { status })
