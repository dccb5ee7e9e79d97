import { TooEarly } from './judge.js'
import { LARGE, head, rejects, say } from './answers.js'

// Each of these takes this long, so they run in parallel.
const options = { timeout: 1500 }
const LATE = rejects('timeout', 'unknown')

/** Only the status is received. */
const seen = (status, outcome = 'unknown') => ({ ...rejects('timeout', outcome), status })

/** The difference in a page if no byte of the body is received. */
const unseen = {
  outcome: 'unknown',
  status: undefined,
  why: 'XMLHttpRequest exposes the status only with the first byte of the body.',
}

const nothing = () => {}

/** Sends one byte per second: never idle for long, never complete. */
const trickle =
  (start, text) =>
  async ({ read, socket }) => {
    await read()
    socket.write(start)
    let sent = 0
    const timer = setInterval(() => socket.write(text[sent++ % text.length]), 1000)
    socket.on('close', () => clearInterval(timer))
  }

/** Services that stall in a phase of the call. */
export const STALLS = [
  { name: 'no byte of the request is read', at: 'deaf', expect: { ...LATE, posts: 0 } },
  { name: 'the body is not read', content: LARGE, serve: nothing, expect: LATE },
  {
    name: 'the body is read in part',
    content: LARGE,
    serve: ({ request }) => request.once('data', () => request.pause()),
    expect: LATE,
  },
  { name: 'no response', serve: say(''), expect: LATE },
  { name: 'an incomplete status line', serve: say('HTTP/1.1 2'), expect: LATE },
  { name: 'incomplete headers', serve: say(head('200 OK').trimEnd()), expect: LATE },
  { name: 'no response after a 103', serve: say('HTTP/1.1 103 Early Hints\r\n\r\n'), expect: LATE },
  {
    name: 'a 200 without its body',
    serve: say(head('200 OK', 'Content-Length: 100')),
    expect: seen(200),
    'chromium with progress': unseen,
  },
  {
    name: 'a 200 with an incomplete body',
    serve: say(`${head('200 OK', 'Content-Length: 100')}{"cid":`),
    expect: seen(200),
  },
  {
    name: 'one byte of the headers per second',
    serve: trickle('HTTP/1.1 200 OK\r\n', 'X'),
    expect: LATE,
  },
  {
    name: 'one byte of the body per second',
    serve: trickle(head('200 OK', 'Content-Length: 100'), ' '),
    expect: seen(200),
  },
  {
    // The status implies a rejection.
    name: 'a 401 without its body',
    serve: say(head('401 Unauthorized', 'Content-Length: 100')),
    expect: seen(401, 'refused'),
    'chromium with progress': unseen,
  },
  {
    name: 'a 401 with an incomplete body',
    serve: say(`${head('401 Unauthorized', 'Content-Length: 100')}no`),
    expect: seen(401, 'refused'),
  },
  {
    // It may come from the hosting platform, which only its body would show.
    name: 'a 400 with an incomplete body',
    serve: say(`${head('400 Bad Request', 'Content-Length: 100')}No $.`),
    expect: seen(400),
  },
  {
    name: 'a 500 without its body',
    serve: say(head('500 Internal Server Error', 'Content-Length: 100')),
    expect: seen(500),
    'chromium with progress': unseen,
  },
].map((fault) => ({ ...fault, options }))

/**
 * Runs a stall, and again with a longer timeout while the timeout was too early: on a busy machine the order
 * may still be on its way.
 *
 * @param {import('./table.js').Fault} stall
 * @param {(fault: import('./table.js').Fault) => Promise<void>} meet
 */
export async function patiently(stall, meet) {
  for (let { timeout } = options; ; timeout *= 8) {
    try {
      // The order of an earlier run may still arrive.
      return await meet({ ...stall, query: `?${timeout}`, options: { timeout } })
    } catch (error) {
      if (!(error instanceof TooEarly) || timeout > 90_000) throw error
    }
  }
}
