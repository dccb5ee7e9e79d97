import { pin } from '../../pkg/index.js'
import { service, silence } from '../support/service.js'

/** A pin that the service has seen and will never answer, and how to end it. */
export async function waiting(t, options = {}) {
  const there = await service(t, silence)
  const controller = new AbortController()
  const seen = there.next()
  const order = pin(new Blob(['x']), { ...there.options, signal: controller.signal, ...options })
  return { ...there, order, controller, post: await seen }
}

/**
 * A clock that a test sets, as long as it runs. What an order that is held back waits for is given to
 * `look` and, until that is set, waits as it should.
 *
 * @returns {{ skip(ms: number): void, look?: (then: () => void) => void }}
 */
export function clock(t) {
  const { setTimeout } = globalThis
  const now = performance.now.bind(performance)
  let skipped = 0
  const time = { skip: (ms) => (skipped += ms) }
  t.mock.method(performance, 'now', () => now() + skipped)
  t.mock.method(globalThis, 'setTimeout', (then, ms, ...args) =>
    ms <= LOOK && time.look ? time.look(then) : setTimeout(then, ms, ...args),
  )
  return time
}

/** How often an order that is held back looks whether it may go out, in milliseconds. */
export const LOOK = 1000
