import { LARGE, LOST, RECEIPT, answer, json, receiptOf, rejects, resolves } from './answers.js'

/** The headers by which a page too learns when to ask again. */
const after = (time) => ({
  'Retry-After': time,
  'Access-Control-Expose-Headers': 'Retry-After',
})

const later = (time) => answer(429, 'later', time && after(time))
const AT_ONCE = later('0')
const BUSY = rejects('rate-limited', 'refused', { status: 429 })

/** Does one after the other to the orders that come, and the last to all further ones. */
const inTurn =
  (...serves) =>
  (exchange) =>
    (serves[exchange.nth - 1] ?? serves.at(-1))(exchange)

/** Responses after which the order is retried, because it was not processed. */
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
  },
  {
    name: 'busy for ever, five times asked again',
    options: { retries: 5 },
    serve: later('0'),
    expect: { ...BUSY, retryAfter: 0, posts: 6 },
  },
  {
    name: 'busy, and not to be asked again',
    options: { retries: 0 },
    serve: AT_ONCE,
    expect: { ...BUSY, retryAfter: 0 },
  },
  {
    // Waiting would not help, so the call rejects immediately.
    name: 'busy for longer than the time limit',
    options: { timeout: 60_000 },
    serve: later('61'),
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
    serve: inTurn(answer(503, 'oh', after('0')), json(RECEIPT)),
    expect: rejects('server', 'unknown', { status: 503, retryAfter: 0 }),
  },
]
