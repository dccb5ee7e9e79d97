import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { PRICE } from '../../pkg/index.js'
import { CID, text } from './files.js'
import { cards, choose, pageTest, pressPin, reaches, root, useService } from './page.js'
import { json, serve } from './server.js'

const service = (page) => page.getByLabel('Service', { exact: true })
const cost = (page) => page.locator('#cost')
const note = (page, name) => cards(page, name).locator('.note')

/** All numbers in a text. */
const numbers = (text) => text.match(/\d+(\.\d+)?/g).map(Number)

pageTest('the price is shown per file and in total before an order', async ({ page }) => {
  await choose(page, [text('a.txt'), text('b.txt'), text('c.txt')])
  await service(page).selectOption('Numbers')
  await page.getByRole('button', { name: 'Pin 3 files' }).waitFor()
  const { num, gas, days } = PRICE
  assert.deepEqual(numbers(await note(page, 'a.txt').innerText()), [days, num, gas])
  // 3 × 0.025 and 3 × 0.004, without the errors of binary fractions.
  const total = numbers(await cost(page).innerText())
  assert.deepEqual(total.slice(0, 3), [days, 0.075, 0.012])
})

pageTest('the price is shown with its date', async ({ page }) => {
  await choose(page, text('a.txt'))
  await service(page).selectOption('Numbers')
  const options = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }
  const date = new Intl.DateTimeFormat('en-GB', options).format(new Date(PRICE.asOf))
  await cost(page).and(page.getByText(date)).waitFor()
  await page.locator('#price-list').and(page.getByText(date)).waitFor()
})

pageTest('a file is free without pinning', async ({ page }) => {
  await choose(page, text('a.txt'))
  await service(page).selectOption('Numbers')
  await page.getByLabel('Keep the files pinned').uncheck()
  await note(page, 'a.txt').getByText('Free').waitFor()
  assert.match(await cost(page).innerText(), /^Free/)
})

for (const [name, answer, words] of [
  ['an error of the server', json({ message: 'no' }, 500), 'The service may have the file.'],
  ['another CID', json({ cid: CID }), 'The service may have another file.'],
])
  pageTest(`a file that is not pinned costs nothing, also with ${name}`, async ({ t, page }) => {
    await useService(page, await serve(t, answer))
    await page.getByLabel('Keep the files pinned').uncheck()
    await choose(page, text('a.txt', 'not hello'))
    await pressPin(page)
    const money = `${words} Nothing is charged: the file is not pinned.`
    await cards(page, 'a.txt').getByText(money).waitFor()
    assert.doesNotMatch(await cards(page, 'a.txt').innerText(), /you (were|may have been) charged/)
  })

pageTest('a receipt has the price of its order', async ({ t, page }) => {
  await choose(page, text('a.txt'))
  await pressPin(page)
  await reaches(cards(page, 'a.txt'), 'Pinned')
  assert.match(await cards(page, 'a.txt').locator('.price dd').innerText(), /^Free/)
  await useService(page, await serve(t, json({ cid: CID })))
  await choose(page, text('b.txt', 'hello'))
  await pressPin(page)
  await reaches(cards(page, 'b.txt'), 'Pinned')
  assert.match(await cards(page, 'b.txt').locator('.price dd').innerText(), /does not know/)
})

pageTest('the page has only the price of the package', async () => {
  for (const path of ['index.html', 'pins/price.js', 'ui/failure-messages.js', 'ui/settings.js']) {
    const source = await readFile(root(`www/page/${path}`), 'utf8')
    assert.doesNotMatch(source, new RegExp(`${PRICE.num} NUM|${PRICE.gas} NUM`))
  }
})
