import assert from 'node:assert/strict'
import { once } from 'node:events'
import { text } from './files.js'
import {
  cards,
  choose,
  holdNextFile,
  pageTest,
  pinButton,
  pressPin,
  reaches,
  ready,
  useService,
} from './page.js'
import { json, serve } from './server.js'

const files = (...names) => names.map((name) => text(name))

const cancel = (card) => card.getByRole('button', { name: 'Cancel' }).click()

pageTest('a file that is being sent can be cancelled', async ({ t, page }) => {
  let url
  const asked = new Promise((resolve) => (url = serve(t, resolve)))
  await useService(page, await url)
  await choose(page, files('a.txt'))
  await pressPin(page)
  const request = await asked
  const cut = once(request.socket, 'close')
  await cancel(cards(page))
  await reaches(cards(page), 'Outcome unknown')
  await cards(page).getByText('You cancelled the order.').waitFor()
  await cards(page).getByText('may have been pinned').waitFor()
  assert.equal(await cards(page).getByRole('button', { name: 'Try again' }).count(), 0)
  await cards(page).getByRole('button', { name: 'Check if it is online' }).waitFor()
  await cut
})

pageTest(
  'sends three files at the same time, and a queued one can be cancelled',
  async ({ t, page }) => {
    const orders = []
    let url
    const three = new Promise((resolve) => {
      url = serve(t, (request, response) => {
        orders.push(() => json({ message: 'no' }, 403)(request, response))
        if (orders.length === 3) resolve()
      })
    })
    await useService(page, await url)
    await choose(page, files('a.txt', 'b.txt', 'c.txt', 'd.txt', 'e.txt'))
    await pressPin(page)
    await three
    for (const name of ['a.txt', 'b.txt', 'c.txt'])
      await reaches(cards(page, name), '(Sending|Storing)')
    for (const name of ['d.txt', 'e.txt']) await reaches(cards(page, name), 'Queued')

    await cancel(cards(page, 'd.txt'))
    await reaches(cards(page, 'd.txt'), 'Ready')
    await page.getByText('0 of 4 files done').waitFor()
    orders[0]()
    await reaches(cards(page, 'e.txt'), '(Sending|Storing)')
    await reaches(cards(page, 'd.txt'), 'Ready')

    await cards(page, 'd.txt').getByRole('button', { name: 'Remove' }).click()
    await cards(page, 'd.txt').waitFor({ state: 'detached' })
  },
)

for (const [way, withdraw] of [
  ['a queued file that was cancelled', (page) => cancel(cards(page, 'd.txt'))],
  [
    'a queued file after Cancel all',
    (page) => page.getByRole('button', { name: 'Cancel all' }).click(),
  ],
])
  pageTest(
    `${way} is not ordered by an earlier click on Pin that still reads it`,
    async (world) => {
      const { t, page } = world
      await useService(page, await serve(t, () => {}))
      await choose(page, files('a.txt', 'b.txt', 'c.txt'))
      await pressPin(page)
      for (const name of ['a.txt', 'b.txt', 'c.txt']) await reaches(cards(page, name), 'Storing')
      await choose(page, files('d.txt'))
      await cards(page, 'd.txt').getByText('bafkrei').waitFor()
      const release = await holdNextFile(page)
      await page.getByLabel('0 for older software').check()
      await pinButton(page).click()
      await page.getByLabel('1 recommended').check()
      await pinButton(page).click()
      await reaches(cards(page, 'd.txt'), 'Queued')

      await withdraw(page)
      await reaches(cards(page, 'd.txt'), 'Ready')
      await release()
      // Files are read one after the other, so the first read has finished.
      await page.getByLabel('0 for older software').check()
      await choose(page, files('e.txt'))
      await cards(page, 'e.txt').getByText('Qm').waitFor()
      await reaches(cards(page, 'd.txt'), 'Ready')
    },
  )

pageTest('a file that is still read at Cancel all is not ordered later', async (world) => {
  const { t, page } = world
  await useService(page, await serve(t, () => {}))
  await choose(page, files('a.txt'))
  await cards(page, 'a.txt').getByText('bafkrei').waitFor()
  const release = await holdNextFile(page)
  await choose(page, files('b.txt'))
  await pressPin(page)
  await reaches(cards(page, 'a.txt'), 'Storing')
  await page.getByRole('button', { name: 'Cancel all' }).click()
  await reaches(cards(page, 'a.txt'), 'Outcome unknown')
  await release()
  await cards(page, 'b.txt').getByText('bafkrei').waitFor()
  await reaches(cards(page, 'b.txt'), 'Ready')
})

pageTest('the focus moves on when the focused button disappears', async ({ page }) => {
  const focused = (locator) => page.locator(':focus').and(locator).waitFor()
  const press = async (button) => {
    await button.focus()
    await page.keyboard.press('Enter')
  }
  await choose(page, files('a.txt', 'b.txt'))
  await press(cards(page, 'a.txt').getByRole('button', { name: 'Remove' }))
  await focused(cards(page, 'b.txt').getByRole('heading'))
  await pressPin(page, 'wrong-token')
  await press(cards(page).getByRole('button', { name: 'Try again' }))
  await reaches(cards(page), 'Failed')
  await focused(cards(page).getByRole('heading'))
  await press(cards(page).getByRole('button', { name: 'Remove' }))
  await focused(page.getByRole('button', { name: 'Undo' }))
  await press(page.getByRole('button', { name: 'Close' }))
  await focused(page.getByLabel('Choose files'))
  await press(page.getByRole('button', { name: 'use the sample picture' }))
  await focused(page.getByLabel('Choose files'))
})

pageTest('a receipt that arrives during Cancel is kept', async ({ page }) => {
  await page.evaluate(() => {
    const { put } = IDBObjectStore.prototype
    IDBObjectStore.prototype.put = function (entry) {
      if (entry.state === 'done') document.querySelector('#cards .dismiss').click()
      return put.call(this, entry)
    }
  })
  await choose(page, files('a.txt'))
  await pressPin(page)
  await reaches(cards(page), 'Pinned')
  await page.reload()
  await ready(page)
  await reaches(cards(page), 'Pinned')
})
