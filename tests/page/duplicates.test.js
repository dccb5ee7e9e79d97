import assert from 'node:assert/strict'
import { CID, OLDER, OTHER, text } from './files.js'
import {
  addAddress,
  cards,
  choose,
  failNextFile,
  holdNextFile,
  open,
  pageTest,
  pinButton,
  pressPin,
  reaches,
  ready,
  useService,
} from './page.js'
import { json, serve } from './server.js'

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

pageTest('finds a duplicate after the version changed during Pin', async (world) => {
  const { page, gateway } = world
  const release = await holdNextFile(page)
  await choose(page, [text('one.txt', 'hello'), text('two.txt', 'hello')])
  await pressPin(page)
  await page.getByLabel('0 for older software').check()
  await release()
  await reaches(cards(page, 'one.txt'), 'Pinned')
  await reaches(cards(page, 'two.txt'), 'Ready')
  // Files are read one after the other, so the first read has finished.
  await choose(page, text('b.txt'))
  await cards(page, 'b.txt').getByText('Qm').waitFor()
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

for (const [when, hold, state] of [
  ['has pinned', false, 'Pinned'],
  ['is sending', true, 'Sending'],
])
  pageTest(`finds a duplicate that another tab ${when} meanwhile`, async ({ page, gateway }) => {
    const other = await page.context().newPage()
    await open(other, gateway.url)
    await choose(other, text('two.txt', 'hello'))
    await cards(other).getByText(CID).waitFor()
    if (hold) await page.route('**/pin', () => {})
    await choose(page, text('one.txt', 'hello'))
    await pressPin(page)
    await reaches(cards(page), state)

    await pressPin(other)
    await reaches(cards(other), 'Duplicate')
    await cards(other).getByText('as “one.txt”. This file will not be sent.').waitFor()
    await choose(other, text('b.txt'))
    await pressPin(other)
    await reaches(cards(other, 'b.txt'), 'Pinned')
    await reaches(cards(other, 'two.txt'), 'Duplicate')
    assert.equal(gateway.orders.filter(({ cid }) => cid === CID).length, hold ? 0 : 1)
  })

pageTest('finds a duplicate that another tab has queued, until it is cancelled', async (world) => {
  const { t, page, gateway } = world
  const url = await serve(t, () => {})
  await useService(page, url)
  const files = ['a.txt', 'b.txt', 'c.txt', 'd.txt']
  await choose(
    page,
    files.map((name) => text(name)),
  )
  await pressPin(page)
  await reaches(cards(page, 'd.txt'), 'Queued')

  const other = await page.context().newPage()
  await open(other, gateway.url)
  await other.getByText('How it works').waitFor()
  assert.equal(await cards(other).count(), 0)
  await useService(other, url)
  await choose(other, text('same.txt', 'd.txt'))
  await pressPin(other)
  await reaches(cards(other), 'Duplicate')

  await cards(page, 'd.txt').getByRole('button', { name: 'Cancel' }).click()
  await reaches(cards(page, 'd.txt'), 'Ready')
  await other.evaluate(() => dispatchEvent(new Event('focus')))
  await reaches(cards(other), 'Ready')
})

pageTest('orders only what was part of the price', async (world) => {
  const { t, page, gateway } = world
  let refuse
  const url = await serve(t, (request, response) => {
    refuse = () => json({ message: 'no' }, 402)(request, response)
  })
  await useService(page, url)
  await choose(page, text('one.txt', 'hello'))
  await pressPin(page)
  await reaches(cards(page), '(Sending|Storing)')

  const other = await page.context().newPage()
  await open(other, gateway.url)
  await useService(other, url)
  await choose(other, text('two.txt', 'hello'))
  await other.evaluate(() => dispatchEvent(new Event('focus')))
  await reaches(cards(other), 'Duplicate')
  refuse()
  await reaches(cards(page), 'Failed')

  await choose(other, text('b.txt'))
  await other.getByRole('button', { name: 'Pin 1 file' }).waitFor()
  await pressPin(other)
  await reaches(cards(other, 'b.txt'), '(Sending|Storing)')
  await reaches(cards(other, 'two.txt'), 'Ready')
})

pageTest('Pin it too holds for what it said that it costs, and where', async ({ t, page }) => {
  const url = await serve(t, json({ cid: CID }))
  await useService(page, url)
  await choose(page, text('one.txt', 'hello'))
  await pressPin(page)
  await reaches(cards(page, 'one.txt'), 'Pinned')
  const keep = page.getByLabel('Keep the files pinned')
  await keep.uncheck()
  await choose(page, text('two.txt', 'hello'))
  const two = cards(page, 'two.txt')
  await two.getByRole('button', { name: /^Pin it too(?! \(you pay)/ }).click()
  await reaches(two, 'Ready')

  await keep.check()
  await reaches(two, 'Duplicate')
  await two.getByRole('button', { name: 'Pin it too (you pay again)' }).click()
  await reaches(two, 'Ready')
  await keep.uncheck()
  await reaches(two, 'Ready')
})

pageTest('finds a duplicate where the service is spelled in another way', async ({ t, page }) => {
  const url = await serve(t, json({ cid: CID }))
  await useService(page, url.replace(/\/$/, ''))
  await choose(page, text('one.txt', 'hello'))
  await pressPin(page)
  await reaches(cards(page, 'one.txt'), 'Pinned')
  await useService(page, url.replace(/\/?$/, '/').replace('http', 'HTTP'))
  await choose(page, text('two.txt', 'hello'))
  await reaches(cards(page, 'two.txt'), 'Duplicate')
})
