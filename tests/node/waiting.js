import { pin } from '../../pkg/index.js'
import { service, silence } from './service.js'

/** A pin that the service has seen and will never answer, and how to end it. */
export async function waiting(t, options = {}) {
  const there = await service(t, silence)
  const controller = new AbortController()
  const seen = there.next()
  const order = pin(new Blob(['x']), { ...there.options, signal: controller.signal, ...options })
  return { ...there, order, controller, post: await seen }
}

/** How often an order that is held back looks whether it may go out, in milliseconds. */
export const LOOK = 1000
