/**
 * The content that is pinned: one block of eleven bytes, or more than the buffers between two
 * processes hold, so that the client is still sending while the server does not read. The CIDs
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
 * The media type of every response. Chromium withholds a response without one until it has enough
 * bytes to guess it.
 */
const TYPE = 'application/json'

/** Reads the order and responds. */
export const answer =
  (status, body = '', headers = {}) =>
  async ({ read, response }) => {
    await read()
    response.writeHead(status, { 'Content-Type': TYPE, ...headers }).end(body)
  }

/** Reads the order and responds with JSON. */
export const json = (value, status = 200) => answer(status, JSON.stringify(value))

/** The head of a response, as it is sent. The server closes the connection afterwards. */
export const head = (status, ...headers) =>
  [
    `HTTP/1.1 ${status}`,
    'Access-Control-Allow-Origin: *',
    'Connection: close',
    `Content-Type: ${TYPE}`,
    ...headers,
    '\r\n',
  ].join('\r\n')

/** A complete response with a receipt, as it is sent. */
export const whole = (content = SMALL) => {
  const body = JSON.stringify(receiptOf(content))
  return head('200 OK', `Content-Length: ${body.length}`) + body
}

/** Reads the order, writes this text unchanged, and leaves the connection open. */
export const say =
  (text) =>
  async ({ read, socket }) => {
    await read()
    socket.write(text)
  }

/** Reads the order, writes this text unchanged, and closes the connection. */
export const sayAndClose =
  (text) =>
  async ({ read, socket }) => {
    await read()
    socket.end(text)
  }

/** The expected result of an order, with the field names of `PinError`. */
export const resolves = (receipt = RECEIPT) => ({ resolves: receipt, posts: 1 })
export const rejects = (code, outcome, fields = {}) => ({ code, outcome, posts: 1, ...fields })

/** No response: the outcome is unknown. */
export const LOST = rejects('network', 'unknown')

/** The API processed the order, but the response is not a receipt. */
export const garbled = (status = 200) => rejects('bad-response', 'unknown', { status })
