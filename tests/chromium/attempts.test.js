import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { launchChromium } from '../support/browser.js'
import { casesFor } from '../support/faults/cases.js'
import { startScript } from '../support/faults/scripts.js'
import { checkCase } from '../support/faults/verdict.js'
import { openPage } from '../support/page.js'
import { startSite } from '../support/site.js'

const CASES = casesFor('chromium')

let browser, site, watched
before(async () => {
  browser = await launchChromium()
  site = await startSite()
  watched = await openPage(browser, site)
  await watched.page.evaluate(async () => {
    const numbersPin = await import('/pkg/index.js')
    const { outcomesOf } = await import('/tests/support/faults/operations.js')
    globalThis.meet = (order) => outcomesOf(numbersPin, order)
  })
})
after(async () => {
  await browser.close()
  site.close()
})

test('has at least 300 cases', () => assert.ok(CASES.length >= 300, `${CASES.length}`))

suite('the attempts of an order from a page', { concurrency: 8, timeout: 600_000 }, () => {
  for (const each of CASES)
    test(each.name, async (t) => {
      const script = await startScript(each.steps, { preflight: true })
      t.after(() => script.close())
      const options = { token: 'token', endpoint: script.endpoint, retries: each.retries }
      const order = { operation: each.operation, options }
      const met = await watched.page.evaluate((order) => globalThis.meet(order), order)
      checkCase(each, 'chromium', met, script.attempts.length)
    })
})

test('logs nothing and throws nothing', () => {
  assert.deepEqual(watched.said, [])
  assert.deepEqual(watched.thrown, [])
})
