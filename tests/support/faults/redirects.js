import { LOST, answer, garbled, rejects } from './answers.js'

/** Redirect targets, at the same origin and at another one: the same server under another name. */
const TARGETS = {
  own: ({ host }) => `http://${host}/landing`,
  other: ({ host }) => `http://${host.replace('127.0.0.1', 'localhost')}/landing`,
  busy: ({ host }) => `http://${host}/busy`,
}
const CALLED = {
  own: 'to its own origin',
  other: 'to another origin',
  busy: 'to a URL that responds with 429',
  undefined: 'without Location',
}

/** The result of a redirect in a page. */
export const OPAQUE = {
  status: undefined,
  outcome: 'unknown',
  why: 'A page learns only that the response is a redirect.',
}

const redirect = (status, outcome, target) => ({
  name: `${status} ${CALLED[target]}`,
  serve: (exchange) => {
    const location = target && TARGETS[target](exchange.request.headers)
    return answer(status, '', location && { Location: location })(exchange)
  },
  expect: rejects('bad-response', outcome, { status }),
  chromium: OPAQUE,
  'chromium with progress': target
    ? { why: 'XMLHttpRequest follows redirects; the final response is not accepted.' }
    : { status, outcome, why: 'For XMLHttpRequest this is a response like any other.' },
})

/**
 * Redirects. None is followed, except by XMLHttpRequest, which always follows: then the token must
 * not be sent to another origin.
 */
export const REDIRECTS = [
  // With 303 a server responds to a POST that it has processed. Many use 302 instead.
  ...[
    [301, 'refused'],
    [302, 'unknown'],
    [303, 'unknown'],
    [307, 'refused'],
    [308, 'refused'],
  ].flatMap(([status, outcome]) => [
    redirect(status, outcome, 'own'),
    redirect(status, outcome, 'other'),
    redirect(status, outcome),
  ]),
  // After a processed order the final response means nothing; its 429 must not cause a retry.
  redirect(303, 'unknown', 'busy'),
  {
    // Runtimes do not follow it, although it is a 3xx.
    name: '300',
    serve: answer(300, 'choose'),
    expect: garbled(300),
  },
  {
    name: '302 to an invalid URL',
    serve: answer(302, '', { Location: 'http://[' }),
    expect: rejects('bad-response', 'unknown', { status: 302 }),
    chromium: { ...LOST, status: undefined, why: 'With an invalid Location there is no response.' },
  },
]
