import {
  LARGE,
  LOST,
  SMALL,
  garbled,
  head,
  receiptOf,
  rejects,
  resolves,
  sayAndClose,
  whole,
} from './answers.js'

const UNSENT = rejects('network', 'not-sent', { posts: 0 })
const UNREPORTED = { outcome: 'unknown', why: 'Browsers do not report why there is no response.' }

/** Connections that stay open after a response. */
const KEPT = new WeakSet()

/** Faults below HTTP, and responses that are not HTTP. */
export const CONNECTIONS = [
  { name: 'connection refused', at: 'refused', expect: UNSENT, chromium: UNREPORTED },
  {
    name: 'connection refused, without retries',
    at: 'refused',
    options: { retries: 0 },
    expect: UNSENT,
    chromium: UNREPORTED,
  },
  {
    name: 'connection refused by each address of a hostname',
    at: 'refused by each address',
    options: { retries: 0 },
    expect: UNSENT,
    chromium: UNREPORTED,
  },
  {
    name: 'hostname that cannot be resolved',
    at: 'unresolvable',
    options: { retries: 0 },
    expect: UNSENT,
    chromium: UNREPORTED,
  },
  {
    name: 'https to a server without TLS',
    at: 'tls',
    options: { retries: 0 },
    expect: UNSENT,
    chromium: UNREPORTED,
  },
  { name: 'connection reset after connecting', at: 'resetting', expect: { ...LOST, posts: 0 } },
  { name: 'connection closed after connecting', at: 'closing', expect: { ...LOST, posts: 0 } },
  {
    name: 'connection reset before the body',
    serve: ({ socket }) => socket.resetAndDestroy(),
    expect: LOST,
  },
  {
    name: 'connection reset during the body',
    content: LARGE,
    serve: ({ request, socket }) => request.once('data', () => socket.resetAndDestroy()),
    expect: LOST,
  },
  {
    name: 'connection reset after the body',
    serve: ({ read, socket }) => read().then(() => socket.resetAndDestroy()),
    expect: LOST,
  },
  {
    name: 'connection closed before the body',
    content: LARGE,
    serve: ({ request, socket }) => socket.end(() => request.resume()),
    expect: LOST,
  },
  {
    name: 'connection closed during the body',
    content: LARGE,
    serve: ({ request, socket }) => request.once('data', () => socket.end()),
    expect: LOST,
  },
  { name: 'connection closed after the body', serve: sayAndClose(''), expect: LOST },
  { name: 'connection closed in the status line', serve: sayAndClose('HTTP/1.1 20'), expect: LOST },
  {
    name: 'connection closed in the headers',
    serve: sayAndClose(head('200 OK', 'Content-Le').trimEnd()),
    expect: LOST,
    chromium: {
      ...garbled(),
      why: 'It treats the end of the connection as the end of the headers.',
    },
  },
  {
    name: 'reused connection reset',
    times: 2,
    serve: async ({ read, response, socket, nth }) => {
      await read()
      if (KEPT.has(socket)) return socket.resetAndDestroy()
      KEPT.add(socket)
      if (nth === 1) response.setHeader('Connection', 'keep-alive')
      response.end(JSON.stringify(receiptOf(SMALL)))
    },
    expect: { ...LOST, posts: 2 },
    chromium: {
      ...resolves(),
      posts: 3,
      why: 'It automatically repeats the request when a reused connection breaks.',
    },
  },
  {
    name: 'a response that is not HTTP',
    serve: sayAndClose('220 mail.example ESMTP\r\n'),
    expect: LOST,
  },
  {
    name: 'a body without status line and headers',
    serve: sayAndClose(JSON.stringify(receiptOf(LARGE))),
    expect: LOST,
  },
  {
    name: 'headers of 1 MiB',
    serve: sayAndClose(head('200 OK', `X-Filler: ${'x'.repeat(1_048_576)}`)),
    expect: LOST,
  },
  {
    name: 'two different Content-Lengths',
    serve: sayAndClose(head('200 OK', 'Content-Length: 2', 'Content-Length: 3') + '{} '),
    expect: LOST,
  },
  {
    name: 'unexpected 100 Continue',
    serve: sayAndClose(`HTTP/1.1 100 Continue\r\n\r\n${whole()}`),
    expect: LOST,
    chromium: { ...resolves(), why: 'It ignores every 1xx response; Node rejects this one.' },
  },
  { name: '101', serve: sayAndClose(head('101 Switching Protocols', 'Upgrade: x')), expect: LOST },
  {
    name: '102 before the response',
    serve: sayAndClose(`HTTP/1.1 102 Processing\r\n\r\n${whole()}`),
    expect: resolves(),
  },
  {
    name: '103 before the response',
    serve: sayAndClose(`HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n${whole()}`),
    expect: resolves(),
  },
  {
    name: 'a receipt during the upload',
    content: LARGE,
    serve: ({ request, socket }) => {
      socket.write(whole(LARGE))
      request.resume()
    },
    expect: resolves(receiptOf(LARGE)),
  },
  {
    name: '413 during the upload',
    content: LARGE,
    serve: ({ request, socket }) => {
      socket.write(head('413 Payload Too Large', 'Content-Length: 0'))
      request.resume()
    },
    expect: rejects('too-large', 'refused', { status: 413 }),
  },
]
