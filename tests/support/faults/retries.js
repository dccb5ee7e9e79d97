import { LARGE, LOST, RECEIPT, answer, json, receiptOf, rejects, resolves } from './answers.js'
import { LIMIT } from '../limit.js'

/** The headers from which pages, too, learn when to retry. */
const after = (time) => ({
  'Retry-After': time,
  'Access-Control-Expose-Headers': 'Retry-After',
})

const later = (time) => answer(429, 'later', time && after(time))
const AT_ONCE = later('0')
const BUSY = rejects('rate-limited', 'refused', { status: 429 })

/** Handles each order with the next of these, and all further ones with the last. */
const inTurn =
  (...serves) =>
  (exchange) =>
    (serves[exchange.nth - 1] ?? serves.at(-1))(exchange)

/** Responses after which the order is retried, because it was not processed. */
export const RETRIES = [
  {
    name: '429 once',
    serve: inTurn(AT_ONCE, json(RECEIPT)),
    expect: { ...resolves(), posts: 2 },
  },
  {
    name: '429 twice',
    serve: inTurn(AT_ONCE, later('Wed, 21 Oct 2015 07:28:00 GMT'), json(RECEIPT)),
    expect: { ...resolves(), posts: 3 },
  },
  {
    name: '429 once, without Retry-After',
    serve: inTurn(later(), json(RECEIPT)),
    expect: { ...resolves(), posts: 2 },
  },
  {
    name: '429 once, for a large file',
    content: LARGE,
    serve: inTurn(AT_ONCE, json(receiptOf(LARGE))),
    expect: { ...resolves(receiptOf(LARGE)), posts: 2 },
  },
  {
    name: '429 forever',
    serve: AT_ONCE,
    expect: { ...BUSY, retryAfter: 0, posts: 3 },
  },
  {
    name: '429 forever, with 5 retries',
    options: { retries: 5 },
    serve: later('0'),
    expect: { ...BUSY, retryAfter: 0, posts: 6 },
  },
  {
    name: '429, without retries',
    options: { retries: 0 },
    serve: AT_ONCE,
    expect: { ...BUSY, retryAfter: 0 },
  },
  {
    // Waiting would not help, so the call rejects immediately.
    name: '429 with a Retry-After beyond the timeout',
    options: { timeout: LIMIT },
    serve: later('235'),
    expect: { ...BUSY, retryAfter: 235 },
  },
  {
    name: '429, then 500',
    serve: inTurn(AT_ONCE, answer(500, 'oh'), json(RECEIPT)),
    expect: rejects('server', 'unknown', { status: 500, posts: 2 }),
  },
  {
    name: '429, then connection reset',
    serve: inTurn(AT_ONCE, ({ socket }) => socket.resetAndDestroy(), json(RECEIPT)),
    expect: { ...LOST, posts: 2 },
  },
  {
    name: '429, then rejected',
    serve: inTurn(AT_ONCE, answer(401, 'no'), json(RECEIPT)),
    expect: rejects('unauthorized', 'refused', { status: 401, posts: 2 }),
  },
  {
    // It may have been processed anyway.
    name: '503 with Retry-After 0',
    serve: inTurn(answer(503, 'oh', after('0')), json(RECEIPT)),
    expect: rejects('server', 'unknown', { status: 503, retryAfter: 0 }),
  },
]
