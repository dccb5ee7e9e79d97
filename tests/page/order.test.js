import assert from 'node:assert/strict'
import { CID, text } from './files.js'
import {
  addAddress,
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

/** The CID of version 0 of "hello", as `ipfs add --only-hash` prints it. */
const OLDER = 'QmWfVY9y3xjsixTgbd9AorQxH7VtMpzfx2HaWtsoUYecaX'

/** The CID of version 0 of "hello world\n", as `ipfs add --only-hash` prints it. */
const OTHER = 'QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o'

pageTest('a duplicate file is ordered only after Pin it too', async (world) => {
  const { page, gateway } = world
  await choose(page, [text('one.txt', 'hello'), text('two.txt', 'hello'), text('b.txt')])
  await reaches(cards(page, 'two.txt'), 'Duplicate')
  await cards(page, 'two.txt').getByText('“one.txt” has the same content.').waitFor()
  await page.getByRole('button', { name: 'Pin 2 files' }).waitFor()
  await pressPin(page)
  await reaches(cards(page, 'one.txt'), 'Pinned')
  await reaches(cards(page, 'b.txt'), 'Pinned')
  await reaches(cards(page, 'two.txt'), 'Duplicate')
  assert.equal(gateway.orders.length, 2)

  await cards(page, 'two.txt').getByRole('button', { name: 'Pin it too' }).click()
  await pinButton(page).click()
  await reaches(cards(page, 'two.txt'), 'Pinned')
  assert.equal(gateway.orders.length, 3)
})

pageTest('a duplicate file is also sent once without pinning', async (world) => {
  const { page, gateway } = world
  await choose(page, [text('one.txt', 'hello'), text('two.txt', 'hello')])
  await page.getByLabel('Keep the files pinned').uncheck()
  await reaches(cards(page, 'two.txt'), 'Duplicate')
  await pressPin(page)
  await reaches(cards(page, 'one.txt'), 'Not pinned')
  await reaches(cards(page, 'two.txt'), 'Ready')
  assert.equal(gateway.orders.length, 1)
})

pageTest('finds a duplicate of an earlier visit', async ({ t, page }) => {
  await choose(page, text('old.txt', 'hello'))
  await pressPin(page)
  await reaches(cards(page), 'Pinned')
  await page.reload()
  await ready(page)
  await choose(page, text('new.txt', 'hello'))
  await reaches(cards(page, 'new.txt'), 'Duplicate')
  await cards(page, 'new.txt')
    .getByText(/You ordered the same content on .* as “old\.txt”/)
    .waitFor()

  // Another service does not have it.
  await useService(page, await serve(t, json({ cid: CID })))
  await reaches(cards(page, 'new.txt'), 'Ready')
})

pageTest(
  'finds duplicates by the computed CID and by the CID of the receipt',
  async ({ t, page }) => {
    const url = await serve(t, json({ cid: OTHER }))
    await useService(page, url)
    await choose(page, text('old.txt', 'hello'))
    await pressPin(page)
    await reaches(cards(page, 'old.txt'), 'Pinned, not verified')
    for (const moment of ['now', 'last time']) {
      await choose(page, text(`${moment}.txt`, 'hello'))
      await reaches(cards(page, `${moment}.txt`), 'Duplicate')
      await page.getByLabel('0 for older software').check()
      await choose(page, text(`other ${moment}.txt`, 'hello world\n'))
      await reaches(cards(page, `other ${moment}.txt`), 'Duplicate')
      await page.reload()
      await ready(page)
      await useService(page, url)
    }
  },
)

pageTest('a file with a mismatching receipt is not ordered again', async ({ t, page }) => {
  await useService(page, await serve(t, json({ cid: CID.replace('yeq', 'yea') })))
  await choose(page, text('old.txt', 'hello'))
  await pressPin(page)
  await reaches(cards(page, 'old.txt'), 'Check receipt')
  await choose(page, text('new.txt', 'hello'))
  await reaches(cards(page, 'new.txt'), 'Duplicate')
})

pageTest('a duplicate URL is ordered only after Pin it too', async (world) => {
  const { t, page, gateway } = world
  const url = await serve(t, (request, response) => response.end('from afar'))
  const again = `${url.toUpperCase()}./#top`
  await addAddress(page, url)
  await addAddress(page, again)
  const duplicate = cards(page, again)
  await reaches(duplicate, 'Duplicate')
  await duplicate.getByText('This address is already in the list.').waitFor()
  await page.getByRole('button', { name: 'Pin 1 file' }).waitFor()
  await pressPin(page)
  await reaches(cards(page).last(), 'Pinned, not checked')
  await reaches(duplicate, 'Duplicate')
  await duplicate.getByText('You ordered this address on').waitFor()
  assert.equal(gateway.orders.length, 1)

  await duplicate.getByRole('button', { name: 'Pin it too' }).click()
  await pinButton(page).click()
  await reaches(duplicate, 'Pinned, not checked')
  assert.equal(gateway.orders.length, 2)
})

pageTest('finds a duplicate URL of an earlier visit', async ({ t, page }) => {
  const url = await serve(t, (request, response) => response.end('from afar'))
  await addAddress(page, url)
  await pressPin(page)
  await reaches(cards(page), 'Pinned, not checked')
  await page.reload()
  await ready(page)
  await addAddress(page, url)
  const duplicate = cards(page).first()
  await reaches(duplicate, 'Duplicate')
  await duplicate.getByText('The file at the address may have changed.').waitFor()
  await addAddress(page, `${url}other`)
  await reaches(cards(page, `${url}other`), 'Ready')

  // Another service did not fetch it.
  await useService(page, await serve(t, json({ cid: CID })))
  await reaches(cards(page, url).nth(1), 'Ready')
})

pageTest('a file whose outcome is unknown is not ordered again', async ({ page }) => {
  await page.route('**/pin', (route) => route.abort())
  await choose(page, text('a.txt', 'hello'))
  await pressPin(page)
  await reaches(cards(page), 'Outcome unknown')
  await choose(page, text('b.txt', 'hello'))
  await reaches(cards(page, 'b.txt'), 'Duplicate')
})

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

pageTest('finds a duplicate after the version changed during Pin', async (world) => {
  const { page, gateway } = world
  const release = await holdNextFile(page)
  await choose(page, [text('one.txt', 'hello'), text('two.txt', 'hello')])
  await pressPin(page)
  await page.getByLabel('0 for older software').check()
  await release()
  await reaches(cards(page, 'one.txt'), 'Pinned')
  await reaches(cards(page, 'two.txt'), 'Ready')
  assert.deepEqual(
    gateway.orders.map(({ cid }) => cid),
    [CID],
  )
})

pageTest('a duplicate that was read only for the other version is not ordered', async (world) => {
  const { page, gateway } = world
  await choose(page, text('one.txt', 'hello'))
  await pressPin(page)
  await reaches(cards(page), 'Pinned')
  await failNextFile(page)
  const release = await holdNextFile(page)
  await choose(page, text('two.txt', 'hello'))
  await page.getByLabel('0 for older software').check()
  await page.getByLabel('1 recommended').check()
  await release()
  // Files are read one after the other, so the first read has finished.
  await choose(page, text('b.txt'))
  await cards(page, 'b.txt').getByText('bafkrei').waitFor()
  await pressPin(page)
  await reaches(cards(page, 'b.txt'), 'Pinned')
  const two = cards(page, 'two.txt')
  await reaches(two, 'Cannot be sent')
  assert.equal(gateway.orders.length, 2)

  await page.getByLabel('0 for older software').check()
  await two.getByText(OLDER).waitFor()
  await reaches(two, 'Ready')
  // Now it can be read for this version too.
  await page.getByLabel('1 recommended').check()
  await reaches(two, 'Duplicate')
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

pageTest(
  'finds a duplicate of an earlier order after the service changed during Pin',
  async (world) => {
    const { t, page, gateway } = world
    await choose(page, text('old.txt', 'hello'))
    await pressPin(page)
    await reaches(cards(page), 'Pinned')
    const release = await holdNextFile(page)
    await choose(page, [text('new.txt', 'hello'), text('b.txt')])
    await pressPin(page)
    await useService(page, await serve(t, json({ cid: CID })))
    await release()
    await reaches(cards(page, 'b.txt'), 'Pinned')
    await reaches(cards(page, 'new.txt'), 'Ready')
    assert.equal(gateway.orders.length, 2)
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
