import assert from 'node:assert/strict'
import { CID, OLDER, text } from './files.js'
import {
  cards,
  choose,
  cidOf,
  failNextFile,
  holdNextFile,
  pageTest,
  pinButton,
  pressPin,
  reaches,
  ready,
  useService,
} from './page.js'
import { json, serve } from './server.js'

pageTest('an order in flight keeps its CID if the version changes', async ({ page }) => {
  await page.route('**/pin', (route) => route.abort())
  const release = await holdNextFile(page)
  await choose(page, text('a.txt', 'hello'))
  await pressPin(page)
  await page.getByLabel('0 for older software').check()
  await release()
  await reaches(cards(page, 'a.txt'), 'Outcome unknown')
  // Files are read one after the other, so the first read has finished.
  await choose(page, text('b.txt'))
  await cards(page, 'b.txt').getByText('Qm').waitFor()
  assert.equal(await cidOf(cards(page, 'a.txt')), CID)
})

pageTest(
  'reads a file again if reading failed while another version was selected',
  async (world) => {
    const { page, gateway } = world
    await failNextFile(page)
    const release = await holdNextFile(page)
    await choose(page, text('a.txt', 'hello'))
    await pressPin(page)
    await page.getByLabel('0 for older software').check()
    await release()
    await page.locator('#announcement', { hasText: 'a.txt: The file could not be read.' }).waitFor()
    await cards(page).getByText(OLDER).waitFor()
    await page.getByLabel('1 recommended').check()
    await cards(page).getByText(CID).waitFor()
    assert.equal(gateway.orders.length, 0)

    await pinButton(page).click()
    await reaches(cards(page), 'Pinned')
    assert.equal(gateway.orders.length, 1)
  },
)

pageTest('a file that is added during Pin is not ordered', async (world) => {
  const { page, gateway } = world
  const release = await holdNextFile(page)
  await choose(page, text('a.txt'))
  await pressPin(page)
  await choose(page, text('b.txt'))
  await release()
  await reaches(cards(page, 'a.txt'), 'Pinned')
  // An order of it would arrive before the next.
  await cards(page, 'b.txt').getByText('bafkrei').waitFor()
  await choose(page, text('c.txt'))
  await cards(page, 'c.txt').getByText('bafkrei').waitFor()
  await reaches(cards(page, 'b.txt'), 'Ready')
  assert.equal(gateway.orders.length, 1)
})

pageTest('20 files each get their receipt', async ({ page, gateway }) => {
  await choose(
    page,
    Array.from({ length: 20 }, (_, number) => text(`${number}.txt`)),
  )
  await pressPin(page)
  for (const card of await cards(page).all()) await reaches(card, 'Pinned')
  assert.equal(gateway.orders.length, 20)
  await page.reload()
  await ready(page)
  assert.equal(await cards(page).count(), 20)
})

pageTest('Cancel all cancels every file', async ({ t, page }) => {
  await useService(page, await serve(t, () => {}))
  await choose(
    page,
    ['a.txt', 'b.txt', 'c.txt', 'd.txt'].map((name) => text(name)),
  )
  await pressPin(page)
  await page.getByText('0 of 4 files done').waitFor()
  for (const name of ['a.txt', 'b.txt', 'c.txt']) await reaches(cards(page, name), 'Storing')
  await page.getByRole('button', { name: 'Cancel all' }).click()
  await page.locator(':focus').and(cards(page).getByRole('heading')).waitFor()
  for (const name of ['a.txt', 'b.txt', 'c.txt'])
    await reaches(cards(page, name), 'Outcome unknown')
  await reaches(cards(page, 'd.txt'), 'Ready')
  await page.getByRole('button', { name: 'Cancel all' }).waitFor({ state: 'hidden' })
})

pageTest('counts files that were pinned before the others were read', async ({ page }) => {
  await choose(page, text('a.txt', 'hello'))
  await cards(page).getByText(CID).waitFor()
  const release = await holdNextFile(page)
  await choose(page, text('b.txt'))
  await pressPin(page)
  await reaches(cards(page, 'a.txt'), 'Pinned')
  await page.route('**/pin', () => {})
  await release()
  await page.getByText('1 of 2 files done').waitFor()
})

pageTest('shows the progress of the upload until the receipt', async ({ t, page }) => {
  let answer
  const url = await serve(t, (request, response) => {
    answer = () => json({ cid: CID })(request, response)
  })
  await useService(page, url)
  // More than the buffers of a connection hold, so that the upload stalls until it is read.
  await choose(page, text('large.bin', Buffer.alloc(26_214_400)))
  await pressPin(page)
  const bar = cards(page).getByRole('progressbar')
  await cards(page)
    .getByText(/^\d+\.\d [kM]B of 26\.2 MB sent\.$/)
    .waitFor()
  const share = await bar.evaluate((bar) => bar.value)
  assert.ok(share > 0 && share < 1, String(share))
  answer()
  await reaches(cards(page), 'Check receipt')
})

pageTest('asks before leaving only while a file is sent', async ({ page }) => {
  const asked = () =>
    page.evaluate(() => !dispatchEvent(new Event('beforeunload', { cancelable: true })))
  await page.route('**/pin', () => {})
  await choose(page, text('a.txt'))
  assert.equal(await asked(), false)
  await pressPin(page)
  await reaches(cards(page), 'Sending')
  assert.equal(await asked(), true)
  const question = page.waitForEvent('dialog')
  page.close({ runBeforeUnload: true })
  assert.equal((await question).type(), 'beforeunload')
  await (await question).dismiss()
  await cards(page).getByRole('button', { name: 'Cancel' }).click()
  await reaches(cards(page), 'Outcome unknown')
  assert.equal(await asked(), false)
})

pageTest('orders nothing offline, and says why', async ({ page }) => {
  const posts = []
  page.on('request', (request) => request.method() === 'POST' && posts.push(request.url()))
  await page.getByLabel('Service', { exact: true }).selectOption('Numbers')
  await choose(page, text('a.txt', 'hello'))
  await cards(page).getByText(CID).waitFor()
  await page.context().setOffline(true)
  await page.getByText('You are offline.').waitFor()
  await pressPin(page)
  await page.locator('#announcement', { hasText: 'You are offline' }).waitFor()
  await reaches(cards(page), 'Ready')
  assert.deepEqual(posts, [])
  await page.context().setOffline(false)
  await page.getByText('You are offline').first().waitFor({ state: 'hidden' })
})
