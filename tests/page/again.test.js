import assert from 'node:assert/strict'
import { setImmediate } from 'node:timers/promises'
import { CID, OLDER, text } from './files.js'
import {
  addAddress,
  cards,
  choose,
  holdNextFile,
  pageTest,
  pinButton,
  pressPin,
  reaches,
  ready,
  tokenField,
  useService,
} from './page.js'
import { json, serve } from './server.js'

const again = (card) => card.getByRole('button', { name: 'Try again' })
const look = (card) => card.getByRole('button', { name: 'Check if it is online' })

pageTest('a double click on Try again orders once', async ({ page, gateway }) => {
  await refuse(page, text('a.txt'))
  await tokenField(page).fill('demo-token')
  await again(cards(page)).evaluate((button) => [1, 2].forEach(() => button.click()))
  await reaches(cards(page), 'Pinned')
  // A second order of the first file would arrive before this one.
  await pin(page, text('b.txt'))
  assert.equal(gateway.orders.length, 2)
})

pageTest('Try again finds a duplicate that was pinned meanwhile', async (world) => {
  const { page, gateway } = world
  await refuse(page, text('one.txt', 'hello'))
  await pin(page, text('two.txt', 'hello'))
  const one = cards(page, 'one.txt')
  await again(one).click()
  await reaches(one, 'Duplicate')
  await one.getByText(/You ordered the same content on .* as “two\.txt”/).waitFor()
  await pin(page, text('b.txt'))
  await reaches(one, 'Duplicate')
  assert.equal(gateway.orders.length, 2)

  await one.getByRole('button', { name: 'Pin it too' }).click()
  await pinButton(page).click()
  await reaches(one, 'Pinned')
  assert.equal(gateway.orders.length, 3)
})

pageTest('Try again finds a duplicate URL that was ordered meanwhile', async (world) => {
  const { t, page, gateway } = world
  const url = await serve(t, (request, response) => response.end('from afar'))
  await addAddress(page, url)
  await pressPin(page, 'wrong-token')
  await reaches(cards(page, url), 'Failed')
  await addAddress(page, `${url}#top`)
  await pressPin(page)
  await reaches(cards(page, `${url}#top`), 'Pinned, not checked')
  const first = cards(page).last()
  await again(first).click()
  await reaches(first, 'Duplicate')
  await first.getByText('You ordered this address on').waitFor()
  assert.equal(gateway.orders.length, 1)
})

pageTest('Try again on two files with the same content orders once', async (world) => {
  const { page, gateway } = world
  await refuse(page, text('one.txt', 'hello'))
  await refuse(page, text('two.txt', 'hello'))
  await tokenField(page).fill('demo-token')
  await page.evaluate(() => document.querySelectorAll('.again').forEach((button) => button.click()))
  // The newest card is on top, so its button was pressed first.
  await reaches(cards(page, 'two.txt'), 'Pinned')
  await reaches(cards(page, 'one.txt'), 'Duplicate')
  assert.equal(gateway.orders.length, 1)
})

pageTest('finds a duplicate after the service changed during Try again', async (world) => {
  const { t, page, gateway } = world
  await refuse(page, text('one.txt', 'hello'))
  await page.getByLabel('0 for older software').check()
  await pin(page, text('two.txt', 'hello'))
  const release = await holdNextFile(page)
  const one = cards(page, 'one.txt')
  await again(one).click()
  await useService(page, await serve(t, json({ cid: CID })))
  await release()
  await one.getByText(OLDER).waitFor()
  await reaches(one, 'Ready')
  await page.getByLabel('Service', { exact: true }).selectOption('Test service')
  await pin(page, text('b.txt'))
  await reaches(one, 'Duplicate')
  assert.equal(gateway.orders.length, 2)
})

pageTest('Try all again orders all files that were not charged', async ({ page, gateway }) => {
  const names = ['a.txt', 'b.txt', 'c.txt']
  await choose(
    page,
    names.map((name) => text(name)),
  )
  await pressPin(page, 'wrong-token')
  for (const name of names) await reaches(cards(page, name), 'Failed')
  await page.getByText('3 files failed').waitFor()
  await tokenField(page).fill('demo-token')
  await page.getByRole('button', { name: 'Try all again' }).click()
  for (const name of names) await reaches(cards(page, name), 'Pinned')
  await page.getByText('3 files failed').waitFor({ state: 'hidden' })
  assert.equal(gateway.orders.length, 3)
})

pageTest('Try all again shows its price, and leaves out what was cancelled', async (world) => {
  const { t, page } = world
  let orders = 0
  const limited = (request, response) => {
    orders += 1
    request.resume().on('end', () => response.writeHead(429, { 'Retry-After': '60' }).end())
  }
  await useService(page, await serve(t, limited))
  await choose(page, [text('a.txt'), text('b.txt')])
  await pressPin(page)
  await expectCount(() => orders, 2)
  await page.getByRole('button', { name: 'Cancel all' }).click()
  for (const name of ['a.txt', 'b.txt']) await reaches(cards(page, name), 'Cancelled')
  assert.equal(await page.locator('#failed').isVisible(), false)

  await useService(page, await serve(t, json({ message: 'no' }, 402)))
  await choose(page, [text('c.txt'), text('d.txt')])
  await pressPin(page)
  for (const name of ['c.txt', 'd.txt']) await reaches(cards(page, name), 'Failed')
  await page.getByLabel('Service', { exact: true }).selectOption('Numbers')
  await page.getByText('2 files failed. Every 30 days: 0.05 NUM').waitFor()
  await page.getByText('Pinned files are public.').waitFor()

  await tokenField(page).fill('')
  await page.getByRole('button', { name: 'Try all again' }).click()
  await page.locator(':focus').and(tokenField(page)).waitFor()
})

pageTest('Try again with two CID versions orders only one', async ({ page }) => {
  await refuse(page, text('a.txt', 'hello'))
  await tokenField(page).fill('demo-token')
  let orders = 0
  await page.route('**/pin', (route) => {
    orders += 1
    return route.abort()
  })
  const release = await holdNextFile(page)
  await page.getByLabel('0 for older software').check()
  await again(cards(page)).click()
  await page.getByLabel('1 recommended').check()
  // Either button orders it now, while it is read for the other version.
  await again(cards(page))
    .or(page.getByRole('button', { name: 'Pin 1 file' }))
    .click()
  await reaches(cards(page), 'Outcome unknown')
  await release()
  // Files are read one after the other, so the first read has finished.
  await page.getByLabel('0 for older software').check()
  await choose(page, text('b.txt'))
  await cards(page, 'b.txt').getByText('Qm').waitFor()
  await reaches(cards(page, 'a.txt'), 'Outcome unknown')
  assert.equal(orders, 1)
})

pageTest('removing a duplicate keeps the entry of its unknown order', async ({ page }) => {
  await page.route('**/pin', (route) => route.abort(), { times: 1 })
  await choose(page, text('one.txt', 'hello'))
  await pressPin(page)
  const one = cards(page, 'one.txt')
  await look(one).click()
  await reaches(one, 'Not found')
  await pin(page, text('two.txt', 'hello'))
  await again(one).click()
  await reaches(one, 'Duplicate')
  await one.getByRole('button', { name: 'Remove' }).click()
  await one.waitFor({ state: 'detached' })
  await page.reload()
  await ready(page)
  await reaches(one, 'Not found')
})

pageTest('Check if it is online does not change the state during Try again', async ({ page }) => {
  await page.route('**/pin', (route) => route.abort(), { times: 1 })
  await choose(page, text('a.txt'))
  await pressPin(page)
  await look(cards(page)).click()
  await reaches(cards(page), 'Not found')
  await page.route('**/pin', () => {})
  const asked = new Promise((resolve) => page.route('**/ipfs/**', resolve))
  await look(cards(page)).click()
  const question = await asked
  await again(cards(page)).click()
  await reaches(cards(page), 'Sending')
  await question.continue()
  await cards(page).locator('.look:not([aria-disabled])').waitFor({ state: 'attached' })
  await reaches(cards(page), 'Sending')
})

/** Orders a file with a wrong token, so that it is not charged and can be tried again. */
async function refuse(page, file) {
  await choose(page, file)
  await pressPin(page, 'wrong-token')
  await reaches(cards(page, file.name), 'Failed')
}

async function pin(page, file) {
  await choose(page, file)
  await pressPin(page)
  await reaches(cards(page, file.name), 'Pinned')
}

/** Waits until a number is reached. */
async function expectCount(count, number) {
  while (count() < number) await setImmediate()
}
