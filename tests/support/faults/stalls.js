import { LARGE, head, rejects, say } from './answers.js'

// Each of these takes this long, so they are best run side by side.
const options = { timeout: 1500 }
const LATE = rejects('timeout', 'unknown')

/** The status is seen, the rest is not. */
const seen = (status, outcome = 'unknown') => ({ ...rejects('timeout', outcome), status })

/** What a page sees of an answer whose body does not begin. */
const unseen = {
  outcome: 'unknown',
  status: undefined,
  why: 'XMLHttpRequest tells the status with the first byte of the body.',
}

const nothing = () => {}

/** One byte a second: never idle for long, never done. */
const trickle =
  (start, text) =>
  async ({ read, socket }) => {
    await read()
    socket.write(start)
    let sent = 0
    const timer = setInterval(() => socket.write(text[sent++ % text.length]), 1000)
    socket.on('close', () => clearInterval(timer))
  }

/** A service that stops in some phase of the call and never goes on. */
export const STALLS = [
  { name: 'no request is ever read', at: 'deaf', expect: { ...LATE, posts: 0 } },
  { name: 'the body is never read', content: LARGE, serve: nothing, expect: LATE },
  {
    name: 'the body is read in part',
    content: LARGE,
    serve: ({ request }) => request.once('data', () => request.pause()),
    expect: LATE,
  },
  { name: 'no answer', serve: say(''), expect: LATE },
  { name: 'no end of the status line', serve: say('HTTP/1.1 2'), expect: LATE },
  { name: 'no end of the headers', serve: say(head('200 OK').trimEnd()), expect: LATE },
  { name: 'no answer after a 103', serve: say('HTTP/1.1 103 Early Hints\r\n\r\n'), expect: LATE },
  {
    name: 'no body',
    serve: say(head('200 OK', 'Content-Length: 100')),
    expect: seen(200),
    'chromium with progress': unseen,
  },
  {
    name: 'no end of the body',
    serve: say(`${head('200 OK', 'Content-Length: 100')}{"cid":`),
    expect: seen(200),
  },
  {
    name: 'a byte of the headers a second',
    serve: trickle('HTTP/1.1 200 OK\r\n', 'X'),
    expect: LATE,
  },
  {
    name: 'a byte of the body a second',
    serve: trickle(head('200 OK', 'Content-Length: 100'), ' '),
    expect: seen(200),
  },
  {
    // The status alone has said no.
    name: 'no body of a 401',
    serve: say(head('401 Unauthorized', 'Content-Length: 100')),
    expect: seen(401, 'refused'),
    'chromium with progress': unseen,
  },
  {
    name: 'no end of the body of a 401',
    serve: say(`${head('401 Unauthorized', 'Content-Length: 100')}no`),
    expect: seen(401, 'refused'),
  },
  {
    // It may be the platform's own, which its body would have said.
    name: 'no end of the body of a 400',
    serve: say(`${head('400 Bad Request', 'Content-Length: 100')}No $.`),
    expect: seen(400),
  },
  {
    name: 'no body of a 500',
    serve: say(head('500 Internal Server Error', 'Content-Length: 100')),
    expect: seen(500),
    'chromium with progress': unseen,
  },
].map((fault) => ({ ...fault, options }))

/**
 * Meets a stall, with a limit of a minute where a busy machine did not get as far in the short one.
 *
 * @param {{ posts(fault: { name: string }): unknown[] }} faults
 * @param {import('./table.js').Fault} stall
 * @param {(fault: import('./table.js').Fault) => Promise<void>} meet
 */
export async function patiently(faults, stall, meet) {
  try {
    await meet(stall)
  } catch {
    faults.posts(stall).length = 0
    await meet({ ...stall, options: { timeout: 60_000 } })
  }
}
