import { RECEIPT, json, rejects, resolves } from './answers.js'

const { posts, ...HIDDEN } = rejects('network', 'unknown')

/** Removes a header that every response has. */
const without = (name) => (response) => response.removeHeader(name)

/** Valid responses that a page may not read. */
export const CORS = [
  {
    name: 'no CORS on the preflight',
    preflight: without('Access-Control-Allow-Origin'),
    serve: json(RECEIPT),
    expect: resolves(),
    chromium: {
      ...HIDDEN,
      resolves: undefined,
      posts: 0,
      why: 'The browser sends a preflight first.',
    },
  },
  {
    name: 'no Authorization allowed on the preflight',
    preflight: (response) => response.setHeader('Access-Control-Allow-Headers', 'content-type'),
    serve: json(RECEIPT),
    expect: resolves(),
    chromium: {
      ...HIDDEN,
      resolves: undefined,
      posts: 0,
      why: 'The browser sends a preflight first.',
    },
  },
  {
    name: 'a preflight that fails',
    preflight: (response) => (response.statusCode = 500),
    serve: json(RECEIPT),
    expect: resolves(),
    chromium: {
      ...HIDDEN,
      resolves: undefined,
      posts: 0,
      why: 'The browser sends a preflight first.',
    },
  },
  {
    // Pinned and charged, but the page cannot know.
    name: 'no CORS on the response',
    serve: (exchange) => {
      without('Access-Control-Allow-Origin')(exchange.response)
      return json(RECEIPT)(exchange)
    },
    expect: resolves(),
    chromium: {
      ...HIDDEN,
      resolves: undefined,
      posts: 1,
      why: 'The browser withholds the response.',
    },
  },
  {
    name: 'no CORS on a 403',
    serve: (exchange) => {
      without('Access-Control-Allow-Origin')(exchange.response)
      return json({}, 403)(exchange)
    },
    expect: rejects('forbidden', 'refused', { status: 403 }),
    chromium: {
      ...HIDDEN,
      status: undefined,
      posts: 1,
      why: 'The browser withholds the response.',
    },
  },
]
