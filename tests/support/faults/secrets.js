import { LOST, RECEIPT, answer, garbled, head, rejects } from './answers.js'
import { UNREAD } from './bodies.js'
import { OPAQUE } from './redirects.js'

/** Responds with a body that `write` builds from the received token. */
const repeating =
  (status, write, headers = () => ({})) =>
  (exchange) => {
    const token = exchange.request.headers.authorization.replace('token ', '')
    return answer(status, write(token), headers(token))(exchange)
  }

/** The token with escaped slashes, which JSON allows. */
const escaped = (token) => token.replaceAll('/', '\\/')
const FLAWED = { ...RECEIPT, fileSize: 1.5, by: 1 }

/** Responses that repeat the token. It must not be in any field of an error. */
export const SECRETS = [
  {
    name: 'the token in a 401',
    serve: repeating(401, (token) => `The token ${token} is not known`),
    expect: rejects('unauthorized', 'refused', { status: 401 }),
  },
  {
    name: 'the token in upper and lower case',
    serve: repeating(401, (token) => `no: ${token.toUpperCase()} nor ${token.toLowerCase()}`),
    expect: rejects('unauthorized', 'refused', { status: 401 }),
  },
  {
    name: 'the token at the end of the excerpt',
    serve: repeating(500, (token) => 'x'.repeat(285) + token),
    expect: rejects('server', 'unknown', { status: 500 }),
  },
  {
    name: 'the token twice, the second time at the end of the excerpt',
    serve: repeating(500, (token) => token + 'x'.repeat(275) + token),
    expect: rejects('server', 'unknown', { status: 500 }),
  },
  {
    name: 'the token instead of a receipt',
    serve: repeating(200, (token) => token),
    expect: garbled(),
  },
  {
    name: 'the token in JSON that is not a receipt',
    serve: repeating(200, (token) => JSON.stringify({ token })),
    expect: garbled(),
  },
  {
    name: 'the token with escaped slashes in a 401',
    serve: repeating(401, (token) => `{"error":"no ${escaped(token)}"}`),
    expect: rejects('unauthorized', 'refused', { status: 401 }),
  },
  {
    name: 'the token with escaped slashes in an invalid receipt',
    serve: repeating(200, (token) => JSON.stringify(FLAWED).replace('"by"', `"${escaped(token)}"`)),
    expect: rejects('bad-response', 'pinned', {
      status: 200,
      receipt: { ...RECEIPT, fileSize: 1.5, '[token]': 1 },
    }),
  },
  {
    name: 'the token in an invalid receipt',
    serve: repeating(200, (token) =>
      JSON.stringify({ ...RECEIPT, fileSize: 1.5, by: [{ token }] }),
    ),
    expect: rejects('bad-response', 'pinned', {
      status: 200,
      receipt: { ...RECEIPT, fileSize: 1.5, by: [{ token: '[token]' }] },
    }),
  },
  {
    name: 'the token in an invalid response head',
    serve: async ({ read, request, socket }) => {
      await read()
      socket.end(`HTTP/1.1 200 OK\r\nContent-Length: x${request.headers.authorization}\r\n\r\n`)
    },
    expect: LOST,
  },
  {
    name: 'the token in an invalid chunk',
    serve: async ({ read, request, socket }) => {
      await read()
      const chunk = `4\r\n{"a"\r\nx${request.headers.authorization}\r\n`
      socket.end(`${head('200 OK', 'Transfer-Encoding: chunked')}${chunk}`)
    },
    expect: garbled(),
    'chromium with progress': UNREAD,
  },
  {
    name: 'the token in a redirect',
    serve: (exchange) => {
      const { host } = exchange.request.headers
      const location = (token) => `http://${host.replace('127.0.0.1', 'localhost')}/?token=${token}`
      return repeating(307, String, (token) => ({ Location: location(token) }))(exchange)
    },
    expect: rejects('bad-response', 'refused', { status: 307 }),
    chromium: OPAQUE,
  },
]
