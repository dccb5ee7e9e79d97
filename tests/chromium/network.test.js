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

/** The browser keeps the order, but does not tell the page. */
const KEPT = { code: 'network', outcome: 'unknown', posts: 0 }
const TAKEN = { resolves: RECEIPT, posts: 1 }

const ORDER = { name: 'order', serve: json(RECEIPT) }

let browser
before(async () => (browser = await launchChromium()))
after(() => browser.close())

for (const [way, heard] of [
  ['fetch', false],
  ['xhr', true],
]) {
  suite(`a pin by ${way} in Chromium`, { timeout: 120_000 }, () => {
    test('by a page of https at an endpoint of http is kept back', async (t) => {
      for (const [secure, expectation] of [
        [false, TAKEN],
        [true, KEPT],
      ]) {
        const faults = await start(t, startFaults([ORDER]))
        const site = await start(t, startSite({ secure }))
        const { origin, pathname } = new URL(faults.endpoint(ORDER))
        const proxy = { server: origin, bypass: '127.0.0.1' }
        const opening = openPinPage(browser, site, { ignoreHTTPSErrors: true, proxy })
        const { meet, logged } = await start(t, opening)
        // No loopback, which Chromium trusts without TLS.
        const endpoint = `http://pin.example${pathname}`
        const result = await meet({ options: { token: TOKEN, endpoint }, heard })
        judge(ORDER, expectation, result, faults.posts(ORDER))
        assert.equal(
          logged.some((text) => text.startsWith('Mixed Content: ')),
          secure,
        )
      }
    })

    test('asks the service to allow no header but that of the token', async (t) => {
      const preflight = (response) =>
        response.setHeader('Access-Control-Allow-Headers', 'authorization')
      const faults = await start(t, startFaults([{ ...ORDER, preflight }]))
      const site = await start(t, startSite())
      const { meet } = await start(t, openPinPage(browser, site))
      const options = { token: TOKEN, endpoint: faults.endpoint(ORDER) }
      judge(ORDER, TAKEN, await meet({ options, heard }), faults.posts(ORDER))
    })

    test('that is offline is not sent, and the next one is', async (t) => {
      const faults = await start(t, startFaults([ORDER]))
      const site = await start(t, startSite())
      const { page, meet } = await start(t, openPinPage(browser, site))
      const options = { token: TOKEN, endpoint: faults.endpoint(ORDER) }
      // The modules of the page are there already.
      judge(ORDER, TAKEN, await meet({ options, heard }), faults.posts(ORDER).splice(0))
      for (const offline of [true, false]) {
        await page.context().setOffline(offline)
        const result = await meet({ options, heard })
        judge(ORDER, offline ? KEPT : TAKEN, result, faults.posts(ORDER))
      }
    })
  })
}
