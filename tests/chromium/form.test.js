import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launchChromium } from '../support/browser.js'
import { SMALL } from '../support/faults/answers.js'
import { parts, service } from '../support/service.js'
import { openPinPage } from './page.js'
import { startSite } from '../support/site.js'
import { start } from '../support/start.js'

let browser
before(async () => (browser = await launchChromium()))
after(() => browser.close())

const DISPOSITION = 'Content-Disposition: form-data; name='
const FILE = `${DISPOSITION}"file"; filename="a \u00e9.txt"\r\nContent-Type: application/octet-stream`

for (const [way, heard] of [
  ['fetch', false],
  ['xhr', true],
])
  test(`a pin by ${way} in Chromium sends the file and then the fields`, async (t) => {
    const { options, posts } = await service(t)
    const site = await start(t, startSite())
    const { meet, ways } = await start(t, openPinPage(browser, site))
    const sent = async (more) => {
      await meet({ options: { ...options, filename: 'a \u00e9.txt', ...more }, heard })
      const [file, ...fields] = parts(posts.at(-1))
      assert.deepEqual([file.head, file.bytes], [FILE, Buffer.from(SMALL.bytes())])
      return fields.map(({ head, bytes }) => `${head}: ${bytes}`)
    }
    assert.deepEqual(await sent({}), [])
    assert.deepEqual(await sent({ pin: false, version: 0 }), [
      `${DISPOSITION}"pin": false`,
      `${DISPOSITION}"version": 0`,
    ])
    assert.deepEqual(ways, [way, way])
  })
