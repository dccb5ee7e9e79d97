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

/** Connections on which an order was answered and that stay open for the next. */
const KEPT = new WeakSet()

/** A pin that goes wrong below HTTP, or is answered by no HTTP. */
export const CONNECTIONS = [
  { name: 'refused', at: 'refused', expect: UNSENT, chromium: UNREPORTED },
  {
    name: 'refused, and not to be tried again',
    at: 'refused',
    options: { retries: 0 },
    expect: UNSENT,
    chromium: UNREPORTED,
  },
  {
    name: 'refused by each address of a name',
    at: 'refused by each address',
    options: { retries: 0 },
    expect: UNSENT,
    chromium: UNREPORTED,
  },
  {
    name: 'unresolvable',
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
  { name: 'reset as it connects', at: 'resetting', expect: { ...LOST, posts: 0 } },
  { name: 'closed as it connects', at: 'closing', expect: { ...LOST, posts: 0 } },
  {
    name: 'reset before the body',
    serve: ({ socket }) => socket.resetAndDestroy(),
    expect: LOST,
  },
  {
    name: 'reset during the body',
    content: LARGE,
    serve: ({ request, socket }) => request.once('data', () => socket.resetAndDestroy()),
    expect: LOST,
  },
  {
    name: 'reset after the body',
    serve: ({ read, socket }) => read().then(() => socket.resetAndDestroy()),
    expect: LOST,
  },
  {
    name: 'closed before the body',
    content: LARGE,
    serve: ({ request, socket }) => socket.end(() => request.resume()),
    expect: LOST,
  },
  {
    name: 'closed during the body',
    content: LARGE,
    serve: ({ request, socket }) => request.once('data', () => socket.end()),
    expect: LOST,
  },
  { name: 'closed after the body', serve: sayAndClose(''), expect: LOST },
  { name: 'closed in the status line', serve: sayAndClose('HTTP/1.1 20'), expect: LOST },
  {
    name: 'closed in the headers',
    serve: sayAndClose(head('200 OK', 'Content-Le').trimEnd()),
    expect: LOST,
    chromium: { ...garbled(), why: 'It takes the end of a connection for the end of the headers.' },
  },
  {
    name: 'reset as a kept connection is used again',
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
      why: 'It automatically orders again when a reused connection breaks.',
    },
  },
  { name: 'no HTTP at all', serve: sayAndClose('220 mail.example ESMTP\r\n'), expect: LOST },
  {
    name: 'a body without a head',
    serve: sayAndClose(JSON.stringify(receiptOf(LARGE))),
    expect: LOST,
  },
  {
    name: 'headers of a megabyte',
    serve: sayAndClose(head('200 OK', `X-Filler: ${'x'.repeat(1_048_576)}`)),
    expect: LOST,
  },
  {
    name: 'two lengths',
    serve: sayAndClose(head('200 OK', 'Content-Length: 2', 'Content-Length: 3') + '{} '),
    expect: LOST,
  },
  {
    name: '100 that nobody waits for',
    serve: sayAndClose(`HTTP/1.1 100 Continue\r\n\r\n${whole()}`),
    expect: LOST,
    chromium: { ...resolves(), why: 'It passes over every 1xx; Node takes this one for a fault.' },
  },
  { name: '101', serve: sayAndClose(head('101 Switching Protocols', 'Upgrade: x')), expect: LOST },
  {
    name: '102 before the answer',
    serve: sayAndClose(`HTTP/1.1 102 Processing\r\n\r\n${whole()}`),
    expect: resolves(),
  },
  {
    name: '103 before the answer',
    serve: sayAndClose(`HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n${whole()}`),
    expect: resolves(),
  },
  {
    name: 'a receipt while the body is still going',
    content: LARGE,
    serve: ({ request, socket }) => {
      socket.write(whole(LARGE))
      request.resume()
    },
    expect: resolves(receiptOf(LARGE)),
  },
  {
    name: 'a refusal while the body is still going',
    content: LARGE,
    serve: ({ request, socket }) => {
      socket.write(head('413 Payload Too Large', 'Content-Length: 0'))
      request.resume()
    },
    expect: rejects('too-large', 'refused', { status: 413 }),
  },
]
