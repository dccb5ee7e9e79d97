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

const TAKEN = { resolves: RECEIPT, posts: 1 }
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

/** A page that can pin by a signal that it has fired or not, and where all pins meet the same. */
async function setting(t, serve, content = SMALL) {
  const fault = { name: 'order', serve, content }
  const faults = await startFaults([fault])
  t.after(() => faults.close())
  const { page, devtools, ways, close } = await openPinPage(browser, site)
  t.after(close)
  await page.evaluate(async (limit) => {
    const { meet } = await import('/tests/chromium/meet.js')
    const controller = new AbortController()
    const { signal } = controller
    globalThis.signal = signal
    globalThis.abort = () => controller.abort()
    globalThis.begin = ({ options, ...order }) => {
      globalThis.result = meet({ options: { ...options, signal }, ...order })
    }
    const { setTimeout } = globalThis
    globalThis.setTimeout = (run, ms, ...args) => {
      if (ms !== limit) return setTimeout(run, ms, ...args)
      globalThis.reachLimit = run
    }
  }, LIMIT)
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
  suite(`the end of a pin by ${way} in Chromium`, { timeout: 120_000 }, () => {
    test('before it began sends nothing', async (t) => {
      const { begin, abort, result, judge, ways } = await setting(t, json(RECEIPT))
      await abort()
      await begin({ heard })
      judge({ code: 'aborted', outcome: 'not-sent', posts: 0 }, await result())
      assert.deepEqual(ways, [])
    })

    test('during the upload cuts the connection', async (t) => {
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

    test('while the answer is awaited cuts the connection', async (t) => {
      const { seen, begin, abort, result, judge, listeners } = await setting(t, say(''))
      const post = seen()
      await begin({ heard })
      const { closed } = await post
      await abort()
      judge(ABORTED, await result())
      await closed
      assert.equal(await listeners(), 0)
    })

    test('by time cuts the connection and leaves no listener', async (t) => {
      const { seen, begin, reachLimit, result, judge, listeners } = await setting(t, say(''))
      const post = seen()
      await begin({ heard, timeout: LIMIT })
      const { closed } = await post
      await reachLimit()
      judge(LATE, await result())
      await closed
      assert.equal(await listeners(), 0)
    })

    test('by an answer leaves no listener, and the signal nothing to do', async (t) => {
      const { begin, abort, result, judge, listeners } = await setting(t, json(RECEIPT))
      await begin({ heard })
      judge(TAKEN, await result())
      assert.equal(await listeners(), 0)
      await abort()
      judge(TAKEN, await result())
    })
  })
}
