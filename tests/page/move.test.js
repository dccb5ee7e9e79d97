import assert from 'node:assert/strict'
import { CID } from 'multiformats/cid'
import { parseReference } from '../../www/page/pins/reference.js'
import { test } from 'node:test'
import { CID as HELLO, OLDER, text } from './files.js'
import {
  cards,
  choose,
  cidOf,
  pageTest,
  pinButton,
  pressPin,
  reaches,
  tokenField,
  useService,
} from './page.js'
import { postForm } from '../support/gateway.js'
import { json, serve } from './server.js'

/** The same block under a CID of version 1, which no order produces. */
const OTHER = CID.parse(OLDER).toV1().toString()

const field = (page) => page.getByLabel('CID of a file that is already on IPFS')
const button = (page) => page.locator('#move-form').getByRole('button')
const status = (page) => page.locator('#move-status')

async function move(page, reference) {
  await field(page).fill(reference)
  await button(page).click()
}

/** Puts "hello" on the gateway. */
async function put(gateway, version) {
  const fields = [['file', Buffer.from('hello')]]
  const response = await postForm(gateway.endpoint, [...fields, ['version', String(version)]])
  assert.equal(response.status, 200)
  gateway.orders.length = 0
}

const FORMS = {
  'a CID': (cid) => cid,
  'an ipfs:// URL': (cid) => `ipfs://${cid}`,
  'a gateway URL': (cid, url) => `${url}/ipfs/${cid}?filename=moved.txt`,
}

for (const [what, write] of Object.entries(FORMS))
  for (const [version, cid] of [OLDER, HELLO].entries())
    pageTest(`${what} of version ${version} is moved and keeps its CID`, async (world) => {
      const { page, gateway } = world
      await put(gateway, version)
      await move(page, write(cid, gateway.url))
      await cards(page).getByText('The CID stays the same.').waitFor()
      assert.equal(await cidOf(cards(page)), cid)
      assert.equal(await field(page).inputValue(), '')
      await pressPin(page)
      await reaches(cards(page), 'Pinned')
      assert.deepEqual(
        gateway.orders.map((order) => order.cid),
        [cid],
      )
    })

pageTest('a file whose CID would change is ordered only after a confirmation', async (world) => {
  const { page, gateway } = world
  await put(gateway, 0)
  await move(page, OTHER)
  const card = cards(page)
  await reaches(card, 'CID changes')
  for (const cid of [OTHER, HELLO]) await card.locator('.note', { hasText: cid }).waitFor()
  await pressPin(page)
  await reaches(card, 'CID changes')
  assert.deepEqual(gateway.orders, [])

  await card.getByRole('button', { name: 'Pin it with the new CID' }).click()
  await reaches(card, 'Ready')
  await pinButton(page).click()
  await reaches(card, 'Pinned')
  assert.equal(await cidOf(card), HELLO)
  assert.equal(gateway.orders.length, 1)
})

pageTest('a moved file that was ordered before is a duplicate', async ({ page, gateway }) => {
  await choose(page, text('a.txt', 'hello'))
  await pressPin(page)
  await reaches(cards(page), 'Pinned')
  await move(page, HELLO)
  await reaches(cards(page, HELLO), 'Duplicate')
  assert.equal(gateway.orders.length, 1)
})

pageTest('a receipt with another CID than that of the moved file is a mismatch', async (world) => {
  const { t, page, gateway } = world
  await put(gateway, 1)
  await move(page, `${gateway.url}/ipfs/${HELLO}`)
  await useService(page, await serve(t, json({ cid: OLDER })))
  await tokenField(page).fill('my-token')
  await pinButton(page).click()
  await reaches(cards(page), 'Check receipt')
  assert.equal(await cards(page).locator('.failure').getAttribute('data-code'), 'mismatch')
})

pageTest('a moved file that was rejected keeps its CID at Try again', async (world) => {
  const { page, gateway } = world
  await put(gateway, 0)
  await move(page, OLDER)
  await cards(page).getByText('The CID stays the same.').waitFor()
  await pressPin(page, 'wrong-token')
  await reaches(cards(page), 'Failed')
  await tokenField(page).fill('demo-token')
  await cards(page).getByRole('button', { name: 'Try again' }).click()
  await reaches(cards(page), 'Pinned')
  assert.equal(gateway.orders[0].cid, OLDER)
})

pageTest('bytes that do not match the CID are not added', async ({ page, gateway }) => {
  await page.route('**/ipfs/**', (route) => route.fulfill({ body: 'something else' }))
  await move(page, `${gateway.url}/ipfs/${HELLO}`)
  await status(page).and(page.locator('.complaint')).waitFor()
  assert.equal(await cards(page).count(), 0)
})

pageTest('a failed download can be tried again', async ({ page, gateway }) => {
  const reference = `${gateway.url}/ipfs/${HELLO}`
  await move(page, reference)
  await status(page).and(page.locator('.complaint')).waitFor()
  assert.equal(await field(page).inputValue(), reference)
  await put(gateway, 1)
  await button(page).click()
  await reaches(cards(page), 'Ready')
  assert.equal(await status(page).innerText(), '')
})

pageTest('a download can be cancelled', async ({ page, gateway }) => {
  await page.route('**/ipfs/**', () => {})
  await move(page, `${gateway.url}/ipfs/${HELLO}`)
  await button(page)
    .and(page.getByText('Cancel', { exact: true }))
    .click()
  await button(page)
    .and(page.getByText('Get file', { exact: true }))
    .waitFor()
  await status(page).and(page.locator('.complaint')).waitFor()
  assert.equal(await cards(page).count(), 0)
})

pageTest('rejects text that is not a CID', async ({ page }) => {
  await move(page, 'hello')
  await page.locator('#cid:invalid').waitFor()
  await field(page).fill(HELLO)
  await page.locator('#cid:valid').waitFor()
})

test('parses CIDs, ipfs:// URLs and gateway URLs', () => {
  const [gateway, name] = [undefined, undefined]
  const cases = {
    [` ${HELLO} `]: { cid: HELLO, gateway, name },
    [OLDER]: { cid: OLDER, gateway, name },
    [`ipfs://${OLDER}/`]: { cid: OLDER, gateway, name },
    [`ipfs://ipfs/${HELLO}`]: { cid: HELLO, gateway, name },
    [`/ipfs/${HELLO}`]: { cid: HELLO, gateway, name },
    [`https://a.example/ipfs/${OLDER}`]: { cid: OLDER, gateway: 'https://a.example', name },
    [`https://a.example/x/ipfs/${HELLO}/?filename=a%20b`]: {
      cid: HELLO,
      gateway: 'https://a.example/x',
      name: 'a b',
    },
    [`https://${HELLO}.ipfs.a.example/`]: { cid: HELLO, gateway: 'https://a.example', name },
  }
  for (const [text, expected] of Object.entries(cases))
    assert.deepEqual(parseReference(text), expected, text)
  for (const text of [
    '',
    'hello',
    'https://a.example/',
    `https://a.example/ipfs/${HELLO}/file.txt`,
    `https://${HELLO}.ipfs.a.example/file.txt`,
    `ipfs://${HELLO}/file.txt`,
    `ipns://${HELLO}`,
    HELLO.toUpperCase(),
    OLDER.slice(1),
  ])
    assert.equal(parseReference(text), undefined, text)
})
