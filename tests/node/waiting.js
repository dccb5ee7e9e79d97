import { pin } from '../../pkg/index.js'
import { service, silence } from '../support/service.js'

/** A pin that the service has received and never responds to, with the controller that aborts it. */
export async function waiting(t, options = {}) {
  const there = await service(t, silence)
  const controller = new AbortController()
  const seen = there.next()
  const order = pin(new Blob(['x']), { ...there.options, signal: controller.signal, ...options })
  return { ...there, order, controller, post: await seen }
}

/**
 * A clock that the test controls until it ends. The timer of a paused order is passed to `pause`; while
 * that is not set, the timer runs normally.
 *
 * @returns {{ skip(ms: number): void, pause?: (resume: () => void) => void }}
 */
export function clock(t) {
  const { setTimeout } = globalThis
  const now = performance.now.bind(performance)
  let skipped = 0
  const time = { skip: (ms) => (skipped += ms) }
  t.mock.method(performance, 'now', () => now() + skipped)
  t.mock.method(globalThis, 'setTimeout', (run, ms, ...args) =>
    ms <= LONGEST_PAUSE && time.pause ? time.pause(run) : setTimeout(run, ms, ...args),
  )
  return time
}

/** The longest pause that these tests request, in milliseconds. Timeouts are longer. */
export const LONGEST_PAUSE = 60_000
