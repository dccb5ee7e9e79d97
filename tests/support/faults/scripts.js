import { once } from 'node:events'
import net from 'node:net'
import { PINNED, SENT, UPLOADED } from './steps.js'

const HEAD_END = '\r\n\r\n'

/** The headers that a page needs to read a response. A preflight is sent once. */
const CORS = [
  'Access-Control-Allow-Origin: *',
  'Access-Control-Allow-Headers: authorization,content-type',
  'Access-Control-Expose-Headers: Retry-After',
  'Access-Control-Max-Age: 600',
  // A browser repeats a POST when a reused connection breaks.
  'Connection: close',
]

/**
 * Starts a server that performs the next step of a script for each attempt, and responds to all
 * further ones with a receipt. It does not listen while the next step is a refused connection.
 *
 * @param {import('./steps.js').Step[]} steps
 * @param {{ preflight?: boolean }} [options] whether an OPTIONS comes first, as from a page
 * @returns {Promise<{ endpoint: string, port: number, attempts: object[], refused(): void, close(): Promise<void> }>}
 *   `refused` is to be called when a connection was refused
 */
export async function startScript(steps, { preflight = false } = {}) {
  const left = [...steps]
  const attempts = []
  let isPreflightDue = preflight
  let isOpen = false
  let opened

  // Reserves the port, at another address, while the server does not listen.
  const holder = net.createServer()
  await once(holder.listen(0, '127.0.0.1'), 'listening')
  const { port } = holder.address()
  const server = net.createServer((socket) => {
    socket.on('error', () => {})
    if (isPreflightDue || left[0]?.upload !== 'nothing') return read(socket)
    nextStep()
    socket.destroy()
  })

  /** The step for an attempt that has just arrived. */
  function nextStep() {
    const step = left.shift() ?? PINNED
    attempts.push(step)
    update()
    return step
  }

  /** Listens unless the next step is a refused connection. */
  function update() {
    const wasOpen = isOpen
    isOpen = !left[0]?.refuse
    if (isOpen && !wasOpen) opened = once(server.listen(port, ADDRESS), 'listening')
    if (wasOpen && !isOpen) server.close()
  }

  function read(socket) {
    let step
    let received = Buffer.alloc(0)
    let isDone = false
    socket.on('data', (chunk) => {
      if (isDone) return
      received = Buffer.concat([received, chunk])
      const { isOptions, head, whole } = measure(received)
      if (isOptions) {
        isDone = head > 0
        isPreflightDue = false
        if (isDone) socket.end(response({ status: 204, body: '' }))
        return
      }
      step ??= nextStep()
      const wanted = UPLOADED[step.upload ?? 'all'](head, whole)
      // The lengths are unknown until the head is complete.
      if (received.length < wanted || (head === 0 && step.upload !== 'one byte')) return
      isDone = true
      if (step.upload) socket.destroy()
      else socket.end(response(step))
    })
  }

  update()
  await opened
  return {
    endpoint: `http://${ADDRESS}:${port}/`,
    port,
    attempts,
    refused() {
      left.shift()
      update()
    },
    async close() {
      await opened
      if (isOpen) await new Promise((resolve) => server.close(resolve))
      holder.close()
    },
  }
}

/** An address of 127.0.0.0/8 other than 127.0.0.1, where `holder` reserves the port. */
const ADDRESS = '127.0.0.2'

/** The lengths of the head and of the whole request; 0 while unknown. */
function measure(received) {
  const end = received.indexOf(HEAD_END)
  const isOptions = received.toString('latin1', 0, 1) === 'O'
  if (end < 0) return { isOptions, head: 0, whole: 0 }
  const head = end + HEAD_END.length
  const [, length] = /^content-length: *(\d+)/im.exec(received.toString('latin1', 0, head)) ?? [
    0, 0,
  ]
  return { isOptions, head, whole: head + Number(length) }
}

/** The part of a response that is sent. */
function response({ status, body, retryAfter, cut }) {
  const lines = [
    `HTTP/1.1 ${status} Status`,
    ...CORS,
    'Content-Type: application/json',
    ...(retryAfter ? [`Retry-After: ${retryAfter}`] : []),
    `Content-Length: ${String(body.length).padStart(3, '0')}`,
  ]
  const head = lines.join('\r\n') + HEAD_END
  const text = head + body
  return cut ? text.slice(0, SENT[cut](head.length, text.length)) : text
}
