import { RECEIPT, json, rejects, resolves } from './answers.js'

const { posts, ...HIDDEN } = rejects('network', 'unknown')

/** Takes a header back that every answer has. */
const without = (name) => (response) => response.removeHeader(name)

/** Answers that are good in themselves but that a page is not shown. */
export const CORS = [
  {
    name: 'no CORS on the preflight',
    preflight: without('Access-Control-Allow-Origin'),
    serve: json(RECEIPT),
    expect: resolves(),
    chromium: { ...HIDDEN, resolves: undefined, posts: 0, why: 'The browser asks first.' },
  },
  {
    name: 'no Authorization allowed on the preflight',
    preflight: (response) => response.setHeader('Access-Control-Allow-Headers', 'content-type'),
    serve: json(RECEIPT),
    expect: resolves(),
    chromium: { ...HIDDEN, resolves: undefined, posts: 0, why: 'The browser asks first.' },
  },
  {
    name: 'a preflight that fails',
    preflight: (response) => (response.statusCode = 500),
    serve: json(RECEIPT),
    expect: resolves(),
    chromium: { ...HIDDEN, resolves: undefined, posts: 0, why: 'The browser asks first.' },
  },
  {
    // Pinned and charged, but the page cannot know.
    name: 'no CORS on the answer',
    serve: (exchange) => {
      without('Access-Control-Allow-Origin')(exchange.response)
      return json(RECEIPT)(exchange)
    },
    expect: resolves(),
    chromium: { ...HIDDEN, resolves: undefined, posts: 1, why: 'The answer is withheld.' },
  },
  {
    name: 'no CORS on a refusal',
    serve: (exchange) => {
      without('Access-Control-Allow-Origin')(exchange.response)
      return json({}, 403)(exchange)
    },
    expect: rejects('forbidden', 'refused', { status: 403 }),
    chromium: { ...HIDDEN, status: undefined, posts: 1, why: 'The answer is withheld.' },
  },
]
