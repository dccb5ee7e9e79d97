import { OPERATIONS } from './operations.js'
import { PINNED, RECEIPT } from './steps.js'

// From the contract, not from the package.

/** What the status of a response means. All others are failures of the service. */
const STATUSES = {
  400: { code: 'bad-request', outcome: 'refused' },
  401: { code: 'unauthorized', outcome: 'refused', endsBatch: true },
  402: { code: 'insufficient-funds', outcome: 'refused', endsBatch: true },
  403: { code: 'forbidden', outcome: 'refused', endsBatch: true },
  404: { code: 'not-found', outcome: 'refused' },
  413: { code: 'too-large', outcome: 'refused' },
  429: { code: 'rate-limited', outcome: 'refused', isRetried: true },
}

/** The outcome of a call is the worst outcome of its attempts. */
const OUTCOMES = ['not-sent', 'refused', 'unknown']
const worst = (...outcomes) =>
  OUTCOMES[Math.max(...outcomes.map((outcome) => OUTCOMES.indexOf(outcome)))]

const UNSENT = { code: 'network', outcome: 'not-sent', isRetried: true }
const LOST = { code: 'network', outcome: 'unknown' }

/**
 * The possible results of an attempt with a step. `runtime` is `node` or `chromium`, `isXhr` whether
 * it is sent by `XMLHttpRequest`.
 */
function fates(step, { runtime, isXhr }) {
  const { refuse, upload, status, body, cut, retryAfter } = step
  // A page does not learn why there is no response.
  if (refuse) return [runtime === 'chromium' ? LOST : UNSENT]
  if (upload) return [LOST]
  const isHeadCut = ['before the status line', 'in the status line'].includes(cut)
  // Chromium treats the end of the connection as the end of the headers.
  if (isHeadCut || (cut === 'in the headers' && runtime !== 'chromium')) return [LOST]

  const answered = { status, ...(retryAfter && { retryAfter: Number(retryAfter) }) }
  let fate
  if (status === 200)
    fate =
      body === PINNED.body && !cut
        ? { receipt: RECEIPT }
        : { ...answered, code: 'bad-response', outcome: 'unknown' }
  // The body of a 400 shows whether the service failed.
  else if (status === 400 && cut) fate = { ...answered, code: 'bad-request', outcome: 'unknown' }
  else fate = { ...answered, ...(STATUSES[status] ?? { code: 'server', outcome: 'unknown' }) }
  // XMLHttpRequest drops the status if the response ends before its first byte is exposed.
  return cut && isXhr ? [fate, LOST] : [fate]
}

/** The possible results of an order, with the requests that reach the server and the steps left. */
function order([step = PINNED, ...rest], retries, context, before = 'not-sent') {
  const requests = step.refuse ? 0 : 1
  return fates(step, context).flatMap(({ isRetried, endsBatch, ...fate }) => {
    if (isRetried && retries > 0)
      return order(rest, retries - 1, context, worst(before, fate.outcome)).map((later) => ({
        ...later,
        requests: later.requests + requests,
      }))
    const result = fate.receipt ? fate : { ...fate, outcome: worst(before, fate.outcome) }
    return [{ result, requests, rest, endsBatch }]
  })
}

/** A batch sends nothing more after the token or the wallet was rejected. */
const STOPPED = { code: 'aborted', outcome: 'not-sent' }

/**
 * The possible results of a case: one, or two if a race in the browser decides.
 *
 * @param {{ steps: import('./steps.js').Step[], retries: number, operation: string }} scenario
 * @param {'node' | 'chromium'} runtime
 * @returns {{ results: object[], requests: number }[]}
 */
export function expectations({ steps, retries, operation }, runtime) {
  const { orders, isHeard } = OPERATIONS[operation]
  const context = { runtime, isXhr: runtime === 'chromium' && isHeard }
  return order(steps, retries, context).flatMap(({ result, requests, rest, endsBatch }) => {
    if (orders === 1) return [{ results: [result], requests }]
    if (endsBatch) return [{ results: [result, STOPPED], requests }]
    return order(rest, retries, context).map((second) => ({
      results: [result, second.result],
      requests: requests + second.requests,
    }))
  })
}
