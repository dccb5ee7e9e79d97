import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { CID, text } from './files.js'
import {
  cards,
  choose,
  cidOf,
  expectSoon,
  field,
  open,
  pageTest,
  pinButton,
  pressPin,
  reaches,
  ready,
  root,
  tokenField,
  useService,
} from './page.js'
import { json, serve } from './server.js'

const SAMPLE = root('www/page/sample.jpg')

const look = (page) => cards(page).getByRole('button', { name: 'Check if it is online' })

pageTest('a receipt is shown after a reload', async ({ page, gateway }) => {
  await choose(page, SAMPLE)
  await pressPin(page)
  await reaches(cards(page), 'Pinned')
  await page.reload()
  await ready(page)
  await reaches(cards(page, 'sample.jpg'), 'Pinned')
  const [{ cid, orderID }] = gateway.orders
  await cards(page).getByRole('button', { name: 'Details' }).click()
  assert.equal(await cidOf(cards(page)), cid)
  assert.equal(await field(cards(page), 'Order ID').innerText(), orderID)
  assert.equal(await cards(page).locator('.proof summary').innerText(), 'Verified')
  assert.ok(await cards(page).locator('.picture img').isVisible())
  await cards(page).getByRole('button', { name: 'Show file' }).click()
  await cards(page).getByText('The content matches the CID.').waitFor()
})

pageTest('a rejected order is not stored', async ({ page }) => {
  await choose(page, SAMPLE)
  await pressPin(page, 'broke-token')
  await reaches(cards(page), 'Failed')
  assert.ok(await page.getByLabel('Search receipts').isHidden())
  await page.reload()
  await ready(page)
  assert.equal(await cards(page).count(), 0)
})

pageTest('a receipt is stored before it is shown', async ({ page }) => {
  await page.addInitScript(() => {
    const { put } = IDBObjectStore.prototype
    IDBObjectStore.prototype.put = function (entry) {
      const request = put.call(this, entry)
      const hold = () => {
        window.held = true
        if (!window.released) this.get(0).onsuccess = hold
      }
      if (entry.state === 'done') hold()
      return request
    }
  })
  await page.reload()
  await ready(page)
  await choose(page, text('a.txt'))
  await pressPin(page)
  await expectSoon(() => page.evaluate('window.held'), true)
  assert.match(await cards(page).locator('.state').innerText(), /^(Sending|Storing)$/)
  await page.evaluate('window.released = true')
  await reaches(cards(page), 'Pinned')
})

pageTest(
  'a pin that was in flight when the tab crashed can be checked at the gateway',
  async (world) => {
    const { page, gateway } = world
    await page.route('**/pin', () => {})
    await choose(page, text('hello.txt', 'hello'))
    await pressPin(page)
    await reaches(cards(page), 'Sending')
    await crash(page)

    const later = await page.context().newPage()
    await open(later, gateway.url)
    await reaches(cards(later, 'hello.txt'), 'Outcome unknown')
    await later.getByText('The page was closed before the response arrived.').waitFor()
    await later.getByText('The service may have the file.').waitFor()
    assert.equal(await later.getByRole('button', { name: /again/ }).count(), 0)

    await look(later).click()
    await reaches(cards(later), 'Not found')
    await pinDirectly(gateway, 'hello')
    await look(later).click()
    await reaches(cards(later), 'Found')
    assert.equal(await cidOf(cards(later)), CID)
    assert.equal(await later.getByRole('link').getAttribute('href'), `${gateway.url}/ipfs/${CID}`)
    await later.reload()
    await ready(later)
    await reaches(cards(later), 'Found')
  },
)

pageTest('the outcome stays unknown if the gateway does not respond', async ({ page }) => {
  await page.route('**/pin', (route) => route.abort())
  await page.route('**/ipfs/**', (route) => route.abort())
  await choose(page, text('a.txt'))
  await pressPin(page)
  await reaches(cards(page), 'Outcome unknown')
  await look(page).click()
  await cards(page).getByText('The gateway failed or timed out.').waitFor()
  await reaches(cards(page), 'Outcome unknown')
  assert.equal(await cards(page).getByRole('button', { name: /again/ }).count(), 0)
})

pageTest('a file that the gateway does not have can be pinned again', async ({ page, gateway }) => {
  await page.route('**/pin', (route) => route.abort(), { times: 1 })
  await choose(page, text('a.txt'))
  await pressPin(page)
  await reaches(cards(page), 'Outcome unknown')
  await look(page).click()
  await cards(page).getByRole('button', { name: 'Try again' }).click()
  await reaches(cards(page), 'Pinned')
  assert.equal(gateway.orders.length, 1)
})

pageTest(
  'an entry that is deleted during Check if it is online stays deleted',
  async ({ page }) => {
    const answer = await holdLook(page, 'a.txt')
    await remove(page, 'a.txt')
    await page.getByText('Deleted “a.txt” from this browser.').waitFor()
    await answer()
    assert.doesNotMatch(await page.locator('#announcement').innerText(), /The gateway/)
    await page.reload()
    await ready(page)
    assert.equal(await cards(page).count(), 0)
  },
)

pageTest(
  'Undo restores an entry that was deleted during Check if it is online, with its result',
  async ({ page }) => {
    const answer = await holdLook(page, 'a.txt')
    await remove(page, 'a.txt')
    await answer()
    await page.getByRole('button', { name: 'Undo' }).click()
    await reaches(cards(page), 'Not found')
    await page.reload()
    await ready(page)
    await reaches(cards(page), 'Not found')
  },
)

pageTest(
  'an entry that another tab deletes during Check if it is online stays deleted',
  async (world) => {
    const { page, gateway } = world
    const answer = await holdLook(page, 'a.txt')
    const other = await page.context().newPage()
    await open(other, gateway.url)
    await remove(other, 'a.txt')
    await other.getByText('Deleted “a.txt” from this browser.').waitFor()
    await answer()
    await page.reload()
    await ready(page)
    assert.equal(await cards(page).count(), 0)
  },
)

pageTest('Check if it is online works for an entry that could not be stored', async ({ page }) => {
  await page.evaluate(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('the disk is full', 'QuotaExceededError')
    }
  })
  const answer = await holdLook(page, 'a.txt')
  await answer()
  await reaches(cards(page), 'Not found')
})

pageTest('an order in flight in another tab is not shown', async ({ page, gateway }) => {
  await page.route('**/pin', () => {})
  await choose(page, text('a.txt'))
  await pressPin(page)
  await reaches(cards(page), 'Sending')
  const other = await page.context().newPage()
  await open(other, gateway.url)
  await other.getByText('How it works').waitFor()
  assert.equal(await cards(other).count(), 0)
})

pageTest('a deleted receipt is restored only by Undo', async ({ page }) => {
  await choose(page, [text('a.txt'), text('b.txt')])
  await pressPin(page)
  for (const name of ['a.txt', 'b.txt']) await reaches(cards(page, name), 'Pinned')

  await remove(page, 'a.txt')
  await cards(page, 'a.txt').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.locator(':focus').and(cards(page, 'a.txt').getByRole('heading')).waitFor()
  await page.reload()
  await ready(page)
  assert.equal(await cards(page).count(), 2)

  for (const card of await cards(page).all())
    await card.getByRole('button', { name: 'Details' }).click()
  await remove(page, 'a.txt')
  await page.getByText('Deleted the receipt of “a.txt” from this browser.').waitFor()
  await page.reload()
  await ready(page)
  await reaches(cards(page, 'b.txt'), 'Pinned')
  assert.equal(await cards(page).count(), 1)
})

pageTest('a search finds receipts by name, CID and order ID', async ({ page, gateway }) => {
  await choose(page, [text('apple.txt'), text('pear.txt')])
  await pressPin(page)
  for (const name of ['apple.txt', 'pear.txt']) await reaches(cards(page, name), 'Pinned')
  const pear = gateway.orders.find(({ filename }) => filename === 'pear.txt')
  const search = page.getByLabel('Search receipts')
  for (const words of ['PEAR', pear.cid, pear.orderID]) {
    await search.fill(words)
    await cards(page, 'apple.txt').waitFor({ state: 'hidden' })
    assert.ok(await cards(page, 'pear.txt').isVisible())
    await page.locator('#announcement', { hasText: '1 of 2 orders' }).waitFor()
  }
  await search.fill('')
  await cards(page, 'apple.txt').waitFor()
})

pageTest('the keyboard focus stays on what the search shows', async ({ page }) => {
  const files = ['b-pear.txt', 'a-apple.txt', 'c-pear.txt']
  await choose(
    page,
    files.map((name) => text(name)),
  )
  await pressPin(page)
  for (const name of files) await reaches(cards(page, name), 'Pinned')
  await page.getByLabel('Search receipts').fill('pear')
  await cards(page, 'a-apple.txt').waitFor({ state: 'hidden' })
  await remove(page, 'b-pear.txt')
  await page.getByRole('region', { name: 'Undo' }).getByRole('button', { name: 'Close' }).click()
  await page.locator(':focus').and(cards(page, 'c-pear.txt').getByRole('heading')).waitFor()
})

pageTest('a receipt that arrives during a search is shown', async ({ page }) => {
  await choose(page, text('apple.txt'))
  await pressPin(page)
  await reaches(cards(page, 'apple.txt'), 'Pinned')
  await page.getByLabel('Search receipts').fill('apple')
  await choose(page, text('pear.txt'))
  await pressPin(page)
  await reaches(cards(page, 'pear.txt'), 'Pinned')
  assert.ok(await cards(page, 'pear.txt').isVisible())
})

pageTest('all receipts can be saved as JSON', async ({ page, gateway }) => {
  await choose(page, [text('a.txt'), text('b.txt')])
  await pressPin(page)
  for (const name of ['a.txt', 'b.txt']) await reaches(cards(page, name), 'Pinned')
  const list = JSON.parse(await save(page, 'JSON'))
  const order = gateway.orders.find(({ filename }) => filename === 'a.txt')
  const { ordered, ...a } = list.find(({ name }) => name === 'a.txt')
  assert.equal(new Date(ordered).toISOString(), ordered)
  assert.deepEqual(a, {
    name: 'a.txt',
    size: 5,
    type: 'text/plain',
    outcome: 'pinned',
    cid: order.cid,
    verified: true,
    profile: 'kubo-cid-v1',
    fileURL: `${gateway.url}/ipfs/${order.cid}`,
    orderID: order.orderID,
    fileSize: 5,
    cid_version: 1,
    endpoint: gateway.endpoint,
    pin: true,
  })
  assert.equal(list.length, 2)
})

pageTest('the fields of a saved CSV are not run as formulas', async ({ t, page }) => {
  const answer = { cid: CID, orderID: '=HYPERLINK("https://evil.example")', fileURL: '@x,"y"' }
  await useService(page, await serve(t, json(answer)))
  await choose(page, text('+1+cmd|x', 'hello'))
  await pressPin(page)
  await reaches(cards(page), 'Pinned')
  const [head, row] = (await save(page, 'CSV')).split('\r\n')
  assert.match(head, /^\uFEFFname,size,type,ordered,outcome,cid,/)
  assert.match(row, /^'\+1\+cmd\|x,5,/)
  assert.ok(row.includes(`"'=HYPERLINK(""https://evil.example"")"`))
  assert.ok(row.includes(`"'@x,""y"""`))
})

pageTest('says that the browser stores nothing, and pins anyway', async ({ page }) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('storage is forbidden', 'SecurityError')
    }
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('storage is forbidden', 'SecurityError')
      },
    })
  })
  await page.reload()
  await ready(page)
  await page.getByText('This browser does not store receipts for this page.').waitFor()
  await page.getByLabel('Remember the token on this device').click()
  await page.locator('#remember:not(:checked)').waitFor()
  await choose(page, text('a.txt'))
  await tokenField(page).fill('demo-token')
  await pinButton(page).click()
  await reaches(cards(page), 'Pinned')
  await cards(page).getByText('This browser could not store this receipt.').waitFor()
})

const remove = (page, name) => cards(page, name).getByRole('button', { name: 'Delete' }).click()

/** Starts Check if it is online for an order of unknown outcome. The returned function lets the gateway respond. */
async function holdLook(page, name) {
  await page.route('**/pin', (route) => route.abort(), { times: 1 })
  await choose(page, text(name))
  await pressPin(page)
  const asked = new Promise((resolve) => page.route('**/ipfs/**', resolve))
  await look(page).click()
  const question = await asked
  const button = await page.locator('.look').elementHandle()
  return async () => {
    await question.continue()
    await page.waitForFunction((button) => !button.ariaDisabled, button)
  }
}

/** Crashes a tab, as if it ran out of memory. */
async function crash(page) {
  const session = await page.context().newCDPSession(page)
  const crashed = page.waitForEvent('crash')
  session.send('Page.crash').catch(() => {})
  await crashed
}

/** Pins without the page. */
async function pinDirectly({ endpoint }, content) {
  const body = new FormData()
  body.append('file', new Blob([content]))
  const headers = { Authorization: 'token demo-token' }
  const response = await fetch(endpoint, { method: 'POST', headers, body })
  assert.equal(response.status, 200)
}

async function save(page, format) {
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: `Save ${format}` }).click()
  return readFile(await (await download).path(), 'utf8')
}
