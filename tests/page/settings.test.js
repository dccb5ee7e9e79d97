import assert from 'node:assert/strict'
import { createReadStream } from 'node:fs'
import { extname } from 'node:path'
import { OTHER } from './files.js'
import {
  cards,
  choose,
  cidOf,
  open,
  pageTest,
  pressPin,
  reaches,
  ready,
  root,
  tokenField,
  useService,
} from './page.js'
import { json, serve } from './server.js'

const SAMPLE = root('www/page/sample.jpg')

const service = (page) => page.getByLabel('Service', { exact: true })
const remember = (page) => page.getByLabel('Remember the token on this device')
const stored = (page) => page.evaluate('JSON.stringify({ ...localStorage })')

pageTest('the token is hidden until Show token', async ({ page }) => {
  const show = page.getByRole('button', { name: 'Show token' })
  assert.equal(await tokenField(page).getAttribute('type'), 'password')
  await show.click()
  assert.equal(await tokenField(page).getAttribute('type'), 'text')
  await page.getByRole('button', { name: 'Show token', pressed: true }).click()
  assert.equal(await tokenField(page).getAttribute('type'), 'password')
})

pageTest('the token is not stored by default', async ({ page }) => {
  await service(page).selectOption('Numbers')
  await tokenField(page).fill('my-secret')
  await service(page).selectOption('Test service')
  await choose(page, SAMPLE)
  await pressPin(page, 'my-secret')
  await reaches(cards(page), 'Pinned')
  const state = JSON.stringify(await page.context().storageState({ indexedDB: true }))
  assert.match(state, /sample\.jpg/)
  assert.doesNotMatch(state, /my-secret/)
  await page.reload()
  await ready(page)
  assert.equal(await tokenField(page).inputValue(), 'demo-token')
  await service(page).selectOption('Numbers')
  assert.equal(await tokenField(page).inputValue(), '')
})

pageTest('a token is remembered with its service until the box is unchecked', async ({ page }) => {
  await service(page).selectOption('Numbers')
  await tokenField(page).fill('my-secret')
  await remember(page).check()
  await page.locator('#remembered', { hasText: 'stores it unencrypted' }).waitFor()
  await tokenField(page).fill('my-other-secret')
  await page.reload()
  await ready(page)
  assert.equal(await service(page).inputValue(), 'numbers')
  assert.equal(await tokenField(page).inputValue(), 'my-other-secret')
  assert.ok(await remember(page).isChecked())
  await remember(page).uncheck()
  assert.equal(await stored(page), '{}')
  await page.reload()
  await ready(page)
  await service(page).selectOption('Numbers')
  assert.equal(await tokenField(page).inputValue(), '')
})

pageTest('the token of one service is not entered for another', async ({ page }) => {
  await service(page).selectOption('Numbers')
  await tokenField(page).fill('my-secret')
  await remember(page).check()
  await service(page).selectOption('Other')
  assert.equal(await tokenField(page).inputValue(), '')
  assert.ok(!(await remember(page).isChecked()))
  await service(page).selectOption('Numbers')
  assert.equal(await tokenField(page).inputValue(), 'my-secret')
  assert.ok(await remember(page).isChecked())
})

pageTest('the order and the token are sent only to the selected service', async ({ t, page }) => {
  const orders = []
  const url = await serve(t, (request, response) => {
    orders.push(request.headers.authorization)
    json({ message: 'no' }, 403)(request, response)
  })
  await choose(page, SAMPLE)
  await useService(page, url)
  const where = `This page sends the token only to ${new URL(url).host}`
  await page.locator('#forgotten', { hasText: where }).waitFor()
  await pressPin(page, 'my-token')
  await reaches(cards(page), 'Failed')
  assert.deepEqual(orders, ['token my-token'])
})

pageTest('the service of Numbers can be selected', async ({ page }) => {
  await service(page).selectOption('Numbers')
  const where = 'This page sends the token only to eoqctv92ahgrcif.m.pipedream.net'
  await page.locator('#forgotten', { hasText: where }).waitFor()
  await page.getByText('Every 30 days: 0.025 NUM').waitFor()
})

for (const address of ['http://example.org/', 'ftp://127.0.0.1/', 'pin'])
  pageTest(`rejects the service address "${address}"`, async ({ page }) => {
    await choose(page, SAMPLE)
    await useService(page, address)
    await pressPin(page)
    await page.locator(':focus').and(page.getByLabel('Address of the service')).waitFor()
    await reaches(cards(page), 'Ready')
  })

pageTest('the CID of the selected version is shown before anything is sent', async ({ page }) => {
  await choose(page, { name: 'a', mimeType: 'text/plain', buffer: Buffer.from('hello world\n') })
  // Both as `ipfs add --only-hash` prints them.
  await cards(page)
    .getByText('bafkreifjjcie6lypi6ny7amxnfftagclbuxndqonfipmb64f2km2devei4')
    .waitFor()
  await page.getByLabel('0 for older software').check()
  await cards(page).getByText(OTHER).waitFor()
  await page.getByLabel('1 recommended').check()
  await cards(page).getByText('bafkrei').waitFor()
  assert.match(await cidOf(cards(page)), /^bafkrei/)
})

const TYPES = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript' }

pageTest('a static web server offers no local gateway', async ({ t, page }) => {
  const url = await serve(t, ({ url }, response) => {
    const path = url === '/' ? '/index.html' : url
    const folder = path.startsWith('/pkg/') ? root('') : root('www/page')
    response.setHeader('Content-Type', TYPES[extname(path)] ?? 'application/octet-stream')
    createReadStream(`${folder}${path}`).pipe(response)
  })
  await open(page, url)
  assert.equal(await service(page).inputValue(), 'numbers')
  assert.deepEqual(await service(page).locator('option').allInnerTexts(), ['Numbers', 'Other'])
  await choose(page, SAMPLE)
  await cards(page).getByText('bafkrei').waitFor()
})
