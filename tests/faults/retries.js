import { LARGE, LOST, RECEIPT, answer, json, receiptOf, rejects, resolves } from './answers.js'

const later = (header) => answer(429, 'later', header && { 'Retry-After': header })
const AT_ONCE = later('0')
const BUSY = rejects('rate-limited', 'refused', { status: 429 })

/** Does one after the other to the orders that come, and the last to all further ones. */
const inTurn =
  (...serves) =>
  (exchange) =>
    (serves[exchange.nth - 1] ?? serves.at(-1))(exchange)

/** What a page is not told it cannot heed. */
const UNREAD = { retryAfter: undefined, why: 'A page sees Retry-After only where CORS exposes it.' }

/** Answers after which the order is made again, since they say that it was not taken. */
export const RETRIES = [
  {
    name: 'busy once',
    serve: inTurn(AT_ONCE, json(RECEIPT)),
    expect: { ...resolves(), posts: 2 },
  },
  {
    name: 'busy twice',
    serve: inTurn(AT_ONCE, later('Wed, 21 Oct 2015 07:28:00 GMT'), json(RECEIPT)),
    expect: { ...resolves(), posts: 3 },
  },
  {
    name: 'busy without a time',
    serve: inTurn(later(), json(RECEIPT)),
    expect: { ...resolves(), posts: 2 },
  },
  {
    name: 'busy with the whole of a large file',
    content: LARGE,
    serve: inTurn(AT_ONCE, json(receiptOf(LARGE))),
    expect: { ...resolves(receiptOf(LARGE)), posts: 2 },
  },
  {
    name: 'busy for ever',
    serve: AT_ONCE,
    expect: { ...BUSY, retryAfter: 0, posts: 3 },
    chromium: UNREAD,
  },
  {
    name: 'busy for ever, five times asked again',
    options: { retries: 5 },
    serve: later('0'),
    expect: { ...BUSY, retryAfter: 0, posts: 6 },
    chromium: UNREAD,
  },
  {
    name: 'busy, and not to be asked again',
    options: { retries: 0 },
    serve: AT_ONCE,
    expect: { ...BUSY, retryAfter: 0 },
    chromium: UNREAD,
  },
  {
    // Waiting would be in vain, so the caller is told at once.
    name: 'busy for longer than the time limit',
    options: { timeout: 60_000 },
    serve: answer(429, 'later', {
      'Retry-After': '61',
      'Access-Control-Expose-Headers': 'Retry-After',
    }),
    expect: { ...BUSY, retryAfter: 61 },
  },
  {
    name: 'busy, then broken',
    serve: inTurn(AT_ONCE, answer(500, 'oh'), json(RECEIPT)),
    expect: rejects('server', 'unknown', { status: 500, posts: 2 }),
  },
  {
    name: 'busy, then cut',
    serve: inTurn(AT_ONCE, ({ socket }) => socket.resetAndDestroy(), json(RECEIPT)),
    expect: { ...LOST, posts: 2 },
  },
  {
    name: 'busy, then no',
    serve: inTurn(AT_ONCE, answer(401, 'no'), json(RECEIPT)),
    expect: rejects('unauthorized', 'refused', { status: 401, posts: 2 }),
  },
  {
    // It may have been taken all the same.
    name: 'out of order, with a time',
    serve: inTurn(answer(503, 'oh', { 'Retry-After': '0' }), json(RECEIPT)),
    expect: rejects('server', 'unknown', { status: 503, retryAfter: 0 }),
    chromium: UNREAD,
  },
]
