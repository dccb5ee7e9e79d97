import { LOST, answer, garbled, rejects } from './answers.js'

/** Where the server has nothing to say, at the same origin and at another: itself by another name. */
const PLACES = {
  own: ({ host }) => `http://${host}/landing`,
  other: ({ host }) => `http://${host.replace('127.0.0.1', 'localhost')}/landing`,
  busy: ({ host }) => `http://${host}/busy`,
}
const CALLED = {
  own: 'its own origin',
  other: 'another origin',
  busy: 'where 429 is the answer',
  undefined: 'nowhere',
}

/** The result of a redirect in a page. */
export const OPAQUE = {
  status: undefined,
  outcome: 'unknown',
  why: 'A page learns only that the response is a redirect.',
}

const redirect = (status, outcome, place) => ({
  name: `${status} to ${CALLED[place]}`,
  serve: (exchange) => {
    const location = place && PLACES[place](exchange.request.headers)
    return answer(status, '', location && { Location: location })(exchange)
  },
  expect: rejects('bad-response', outcome, { status }),
  chromium: OPAQUE,
  'chromium with progress': place
    ? { why: 'XMLHttpRequest follows; what it comes to is not taken for an answer.' }
    : { status, outcome, why: 'To XMLHttpRequest this is an answer as any other.' },
})

/**
 * Redirects. None is followed, except by XMLHttpRequest, which cannot be kept from it: then the
 * token may go no further than its own origin.
 */
export const REDIRECTS = [
  // A 303 is how a server answers a POST that it has carried out, and many say 302 for it.
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
  // Of an order that was carried out, what comes after it says nothing, least of all to repeat it.
  redirect(303, 'unknown', 'busy'),
  {
    // No redirect to a host, though it is one of the class.
    name: '300',
    serve: answer(300, 'choose'),
    expect: garbled(300),
  },
  {
    name: '302 to something that is no address',
    serve: answer(302, '', { Location: 'http://[' }),
    expect: rejects('bad-response', 'unknown', { status: 302 }),
    chromium: { ...LOST, status: undefined, why: 'Where it leads nowhere, there is no answer.' },
  },
]
