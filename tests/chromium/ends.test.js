import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { launchChromium } from '../support/browser.js'
import { LARGE, RECEIPT, SMALL, json, say } from '../support/faults/answers.js'
import { judge } from '../support/faults/judge.js'
import { TOKEN } from '../support/faults/leaks.js'
import { startFaults } from '../support/faults/server.js'
import { LIMIT } from '../support/limit.js'
import { openPinPage } from './page.js'
import { startSite } from '../support/site.js'

const PINNED = { resolves: RECEIPT, posts: 1 }
const ABORTED = { code: 'aborted', outcome: 'unknown', posts: 1 }
const LATE = { code: 'timeout', outcome: 'unknown', posts: 1 }

let browser, site
before(async () => {
  browser = await launchChromium()
  site = await startSite()
})
after(async () => {
  await browser.close()
  site.close()
})

/** Opens a page that pins with a signal, which it can abort. The service handles all orders with `serve`. */
async function setting(t, serve, content = SMALL) {
  const fault = { name: 'order', serve, content }
  const faults = await startFaults([fault])
  t.after(() => faults.close())
  const { page, devtools, ways, close } = await openPinPage(browser, site)
  t.after(close)
  await page.evaluate(async () => {
    const { limited } = await import('/tests/support/limit.js')
    const { meet } = await import('/tests/chromium/meet.js')
    const controller = new AbortController()
    const { signal } = controller
    globalThis.signal = signal
    globalThis.abort = () => controller.abort()
    globalThis.begin = ({ options, ...order }) => {
      globalThis.result = meet({ options: { ...options, signal }, ...order })
    }
    const { setTimeout, reach } = limited()
    globalThis.setTimeout = setTimeout
    globalThis.reachLimit = reach
  })
  return {
    seen: () => faults.next(fault),
    ways,
    begin: ({ heard, ...options }) =>
      page.evaluate((order) => globalThis.begin(order), {
        options: { token: TOKEN, endpoint: faults.endpoint(fault), ...options },
        large: content === LARGE,
        heard,
      }),
    abort: () => page.evaluate(() => globalThis.abort()),
    reachLimit: () => page.evaluate(() => globalThis.reachLimit()),
    result: () => page.evaluate(() => globalThis.result),
    judge: (expectation, result) => judge(fault, expectation, result, faults.posts(fault)),
    /** How many listeners the signal has. */
    async listeners() {
      const { result } = await devtools.send('Runtime.evaluate', { expression: 'signal' })
      const { listeners } = await devtools.send('DOMDebugger.getEventListeners', result)
      return listeners.length
    },
  }
}

for (const [way, heard] of [
  ['fetch', false],
  ['xhr', true],
]) {
  suite(`ending a pin by ${way} in Chromium`, { timeout: 120_000 }, () => {
    test('by an abort before it begins sends nothing', async (t) => {
      const { begin, abort, result, judge, ways } = await setting(t, json(RECEIPT))
      await abort()
      await begin({ heard })
      judge({ code: 'aborted', outcome: 'not-sent', posts: 0 }, await result())
      assert.deepEqual(ways, [])
    })

    test('by an abort during the upload closes the connection', async (t) => {
      const there = await setting(t, () => {}, LARGE)
      const { begin, abort, result, judge, listeners, ways } = there
      const seen = there.seen()
      await begin({ heard })
      const { request, closed } = await seen
      assert.equal(await listeners(), 1)
      await abort()
      judge(ABORTED, await result())
      request.resume()
      await closed
      assert.equal(request.complete, false)
      assert.equal(await listeners(), 0)
      assert.deepEqual(ways, [way])
    })

    test('by an abort before the response closes the connection', async (t) => {
      const { seen, begin, abort, result, judge, listeners } = await setting(t, say(''))
      const post = seen()
      await begin({ heard })
      const { closed } = await post
      await abort()
      judge(ABORTED, await result())
      await closed
      assert.equal(await listeners(), 0)
    })

    test('by its timeout closes the connection and removes the listener', async (t) => {
      const { seen, begin, reachLimit, result, judge, listeners } = await setting(t, say(''))
      const post = seen()
      await begin({ heard, timeout: LIMIT })
      const { closed } = await post
      await reachLimit()
      judge(LATE, await result())
      await closed
      assert.equal(await listeners(), 0)
    })

    test('by a response removes the listener, and a later abort has no effect', async (t) => {
      const { begin, abort, result, judge, listeners } = await setting(t, json(RECEIPT))
      await begin({ heard })
      judge(PINNED, await result())
      assert.equal(await listeners(), 0)
      await abort()
      judge(PINNED, await result())
    })
  })
}
