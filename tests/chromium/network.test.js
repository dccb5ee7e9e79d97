import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { launchChromium } from '../support/browser.js'
import { RECEIPT, json } from '../support/faults/answers.js'
import { judge } from '../support/faults/judge.js'
import { TOKEN } from '../support/faults/leaks.js'
import { startFaults } from '../support/faults/server.js'
import { openPinPage } from './page.js'
import { startSite } from '../support/site.js'
import { start } from '../support/start.js'

/** The browser blocks the order, but the page does not learn that. */
const BLOCKED = { code: 'network', outcome: 'unknown', posts: 0 }
const PINNED = { resolves: RECEIPT, posts: 1 }

const ORDER = { name: 'order', serve: json(RECEIPT) }

let browser
before(async () => (browser = await launchChromium()))
after(() => browser.close())

for (const [way, heard] of [
  ['fetch', false],
  ['xhr', true],
]) {
  suite(`a pin by ${way} in Chromium`, { timeout: 120_000 }, () => {
    test('from an https page to an http endpoint is blocked', async (t) => {
      for (const [secure, expectation] of [
        [false, PINNED],
        [true, BLOCKED],
      ]) {
        const faults = await start(t, startFaults([ORDER]))
        const site = await start(t, startSite({ secure }))
        const { origin, pathname } = new URL(faults.endpoint(ORDER))
        const proxy = { server: origin, bypass: '127.0.0.1' }
        const opening = openPinPage(browser, site, { ignoreHTTPSErrors: true, proxy })
        const { meet, logged } = await start(t, opening)
        // Not loopback, which Chromium trusts without TLS.
        const endpoint = `http://pin.example${pathname}`
        const result = await meet({ options: { token: TOKEN, endpoint }, heard })
        judge(ORDER, expectation, result, faults.posts(ORDER))
        assert.equal(
          logged.some((text) => text.startsWith('Mixed Content: ')),
          secure,
        )
      }
    })

    test('requires CORS to allow only the header of the token', async (t) => {
      const preflight = (response) =>
        response.setHeader('Access-Control-Allow-Headers', 'authorization')
      const faults = await start(t, startFaults([{ ...ORDER, preflight }]))
      const site = await start(t, startSite())
      const { meet } = await start(t, openPinPage(browser, site))
      const options = { token: TOKEN, endpoint: faults.endpoint(ORDER) }
      judge(ORDER, PINNED, await meet({ options, heard }), faults.posts(ORDER))
    })

    test('is not sent offline, and the next one is sent', async (t) => {
      const faults = await start(t, startFaults([ORDER]))
      const site = await start(t, startSite())
      const { page, meet } = await start(t, openPinPage(browser, site))
      const options = { token: TOKEN, endpoint: faults.endpoint(ORDER) }
      // This loads the modules of the page.
      judge(ORDER, PINNED, await meet({ options, heard }), faults.posts(ORDER).splice(0))
      for (const offline of [true, false]) {
        await page.context().setOffline(offline)
        const result = await meet({ options, heard })
        judge(ORDER, offline ? BLOCKED : PINNED, result, faults.posts(ORDER))
      }
    })
  })
}
