import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { launchChromium } from '../support/browser.js'
import { LARGE } from '../support/faults/answers.js'
import { judge } from '../support/faults/judge.js'
import { TOKEN, leaks } from '../support/faults/leaks.js'
import { startFaults } from '../support/faults/server.js'
import { STALLS, patiently } from '../support/faults/stalls.js'
import { FAULTS, expectedIn } from '../support/faults/table.js'
import { openPinPage } from './page.js'
import { startSite } from '../support/site.js'

let browser, site
before(async () => {
  browser = await launchChromium()
  site = await startSite()
})
after(async () => {
  await browser.close()
  site.close()
})

for (const [way, runtimes, heard] of [
  ['fetch', ['chromium'], false],
  ['xhr', ['chromium', 'chromium with progress'], true],
]) {
  suite(`a pin by ${way} in Chromium that meets a fault`, { timeout: 300_000 }, () => {
    let faults
    before(async () => (faults = await startFaults()))
    after(() => faults.close())

    /** Pins at an endpoint with a fault, and compares the result with the table. */
    async function meet(page, fault) {
      const result = await page.meet({
        options: { token: TOKEN, endpoint: faults.endpoint(fault), ...fault.options },
        large: fault.content === LARGE,
        times: fault.times,
        heard,
      })
      judge(fault, expectedIn(fault, ...runtimes), result, faults.posts(fault))
      for (const { request, closed } of faults.posts(fault)) {
        request.resume()
        await closed
      }
    }

    /** Checks that only pins were sent, by one method, and that only the caller got errors. */
    function quiet({ said, thrown, logged, ways }) {
      assert.deepEqual(said, [])
      assert.deepEqual(thrown, [])
      assert.deepEqual(leaks(logged), [])
      assert.deepEqual([...new Set(ways)], [way])
    }

    suite('without stalls', () => {
      let page
      before(async () => (page = await openPinPage(browser, site)))
      after(() => page.close())
      for (const fault of FAULTS)
        if (!STALLS.includes(fault)) test(fault.name, () => meet(page, fault))
      test('logs nothing and throws nothing', () => quiet(page))
    })

    suite('stalls', { concurrency: 3 }, () => {
      for (const stall of STALLS)
        test(stall.name, async (t) => {
          const page = await openPinPage(browser, site)
          t.after(page.close)
          await patiently(stall, (fault) => meet(page, fault))
          quiet(page)
        })
    })

    test('sends the token to no other origin', () => {
      const others = faults.strays.filter(({ headers }) => !headers.host.startsWith('127.0.0.1'))
      assert.deepEqual(
        others.map(({ headers }) => headers.authorization),
        others.map(() => undefined),
      )
      // Only XMLHttpRequest follows a redirect.
      assert.equal(faults.strays.length > 0, heard)
    })
  })
}
