import { answer, garbled, rejects } from './answers.js'

/** A status with a body of one word, and what it means. */
const refusal = (status, code, headers) => ({
  name: `${status}`,
  serve: answer(status, 'no', headers),
  expect: rejects(code, 'refused', { status }),
})

const failure = (status) => ({
  name: `${status}`,
  serve: answer(status, 'oh'),
  expect: rejects('server', 'unknown', { status }),
})

/** 429 with a `Retry-After` header; `retryAfter` is its value in seconds. Retries are in retries.js. */
const busy = (name, header, retryAfter) => ({
  name: `429 ${name}`,
  options: { retries: 0 },
  serve: answer(429, 'later', {
    ...(header && { 'Retry-After': header }),
    'Access-Control-Expose-Headers': 'Retry-After',
  }),
  expect: rejects('rate-limited', 'refused', { status: 429, retryAfter }),
})

/** Every status of the API page, of its hosting platform, and of proxies in front of it. */
export const STATUSES = [
  refusal(400, 'bad-request'),
  refusal(401, 'unauthorized'),
  {
    ...refusal(401, 'unauthorized', { 'WWW-Authenticate': 'Basic' }),
    name: '401 with WWW-Authenticate',
  },
  refusal(402, 'insufficient-funds'),
  refusal(403, 'forbidden'),
  refusal(404, 'not-found'),
  refusal(405, 'bad-request', { Allow: 'GET' }),
  refusal(406, 'bad-request'),
  {
    // The runtime takes it for a response of its own proxy, and passes no response on.
    name: '407',
    serve: answer(407, 'no'),
    expect: rejects('network', 'unknown'),
  },
  refusal(409, 'bad-request'),
  refusal(410, 'bad-request'),
  refusal(411, 'bad-request'),
  refusal(413, 'too-large'),
  refusal(414, 'bad-request'),
  refusal(415, 'bad-request'),
  refusal(417, 'bad-request'),
  refusal(418, 'bad-request'),
  {
    // "Wrong server": the request was not processed, and the runtime retries automatically.
    ...refusal(421, 'bad-request'),
    expect: rejects('bad-request', 'refused', { status: 421, posts: 2 }),
    'node with progress': {
      posts: 1,
      why: 'Node cannot repeat a streamed body.',
    },
  },
  refusal(422, 'bad-request'),
  refusal(425, 'bad-request'),
  refusal(426, 'bad-request'),
  refusal(428, 'bad-request'),
  refusal(431, 'bad-request'),
  refusal(451, 'bad-request'),
  // A proxy that timed out does not know whether the service has processed the order.
  failure(408),
  failure(499),
  ...[500, 501, 502, 503, 504, 505, 507, 508, 511, 520, 521, 522, 523, 524, 525, 526, 530].map(
    failure,
  ),

  busy('without Retry-After', undefined, undefined),
  busy('with Retry-After 7', '7', 7),
  busy('with a past date', 'Wed, 21 Oct 2015 07:28:00 GMT', 0),
  busy('with Retry-After "soon"', 'soon', undefined),
  busy('with Retry-After 0.5', '0.5', undefined),
  busy('with Retry-After -5', '-5', undefined),
  busy('with Retry-After "in 5 minutes"', 'in 5 minutes', undefined),
  busy('with Retry-After "7 seconds"', '7 seconds', undefined),
  busy('with Retry-After 9999999999', '9999999999', 9_999_999_999),
  {
    ...busy('with a Retry-After that CORS does not expose', '7', 7),
    serve: answer(429, 'later', { 'Retry-After': '7' }),
    chromium: { retryAfter: undefined, why: 'A page sees this header only if CORS exposes it.' },
  },
  {
    name: '503 with Retry-After 7',
    serve: answer(503, 'later', {
      'Retry-After': '7',
      'Access-Control-Expose-Headers': 'Retry-After',
    }),
    expect: rejects('server', 'unknown', { status: 503, retryAfter: 7 }),
  },

  {
    // The response of the hosting platform if a workflow failed, possibly after pinning.
    name: '400 for a failed workflow',
    serve: answer(400, 'No $.respond called in workflow'),
    expect: rejects('server', 'unknown', { status: 400 }),
  },
  {
    name: '400 for an empty wallet',
    serve: answer(400, '{"message":"Insufficient balance in asset wallet"}'),
    expect: rejects('insufficient-funds', 'refused', { status: 400 }),
  },
  {
    name: '403 for an empty wallet',
    serve: answer(403, '{"error":{"type":"asset_commit_insufficient_fund"}}'),
    expect: rejects('insufficient-funds', 'refused', { status: 403 }),
  },
  {
    name: '403 from a firewall',
    serve: answer(403, '<html><title>Attention Required!</title></html>'),
    expect: rejects('forbidden', 'refused', { status: 403 }),
  },
  {
    name: '502 from a proxy',
    serve: answer(502, '<html><title>502 Bad Gateway</title></html>'),
    expect: rejects('server', 'unknown', { status: 502 }),
  },
  { name: '304', serve: answer(304), expect: garbled(304) },
  {
    // An unassigned status, so the outcome is unknown.
    name: '599',
    serve: answer(599, 'oh'),
    expect: rejects('server', 'unknown', { status: 599 }),
  },
]
