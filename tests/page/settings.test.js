import assert from 'node:assert/strict'
import { cards, choose, pageTest, pressPin, reaches, root, useService } from './page.js'
import { json, serve } from './server.js'

const token = (page) => page.getByLabel('Token', { exact: true })

pageTest('the token is hidden until it is asked for', async ({ page }) => {
  const show = page.getByRole('button', { name: 'Show token' })
  assert.equal(await token(page).getAttribute('type'), 'password')
  await show.click()
  assert.equal(await token(page).getAttribute('type'), 'text')
  await page.getByRole('button', { name: 'Show token', pressed: true }).click()
  assert.equal(await token(page).getAttribute('type'), 'password')
})

pageTest('the token is nowhere when the page is gone', async ({ page }) => {
  await choose(page, root('www/sample.jpg'))
  await pressPin(page)
  await reaches(cards(page), 'Done')
  assert.deepEqual(await page.context().storageState(), { cookies: [], origins: [] })
  await page.reload()
  assert.equal(await token(page).inputValue(), '')
})

pageTest(
  'the order and the token go to the chosen service and to no other',
  async ({ t, page }) => {
    const orders = []
    const url = await serve(t, (request, response) => {
      orders.push(request.headers.authorization)
      json({ message: 'no' }, 403)(request, response)
    })
    await choose(page, root('www/sample.jpg'))
    await useService(page, url)
    await page.getByText(`It goes to ${new URL(url).host} and nowhere else`).waitFor()
    await pressPin(page, 'my-token')
    await reaches(cards(page), 'Failed')
    assert.deepEqual(orders, ['token my-token'])
  },
)

pageTest('the service of Numbers is one choice away', async ({ page }) => {
  await page.getByLabel('Service', { exact: true }).selectOption('Numbers')
  await page.getByText('It goes to eoqctv92ahgrcif.m.pipedream.net and nowhere else').waitFor()
  await page.getByText('0.025 NUM a file a month').waitFor()
})

for (const address of ['http://example.org/', 'ftp://127.0.0.1/', 'pin'])
  pageTest(`a service at "${address}" is not accepted`, async ({ page }) => {
    await choose(page, root('www/sample.jpg'))
    await useService(page, address)
    await pressPin(page)
    await page.locator(':focus').and(page.getByLabel('Address of the service')).waitFor()
    await reaches(cards(page), 'Waiting')
  })
