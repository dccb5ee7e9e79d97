import assert from 'node:assert/strict'
import { cards, choose, pageTest, pressPin, reaches, tokenField } from './page.js'

const text = (name, content = name) => ({
  name,
  mimeType: 'text/plain',
  buffer: Buffer.from(content),
})

const again = (card) => card.getByRole('button', { name: 'Try again' })

pageTest('what is pressed twice to be tried again is ordered once', async ({ page, gateway }) => {
  await refuse(page, text('a.txt'))
  await tokenField(page).fill('demo-token')
  await again(cards(page)).evaluate((button) => [1, 2].forEach(() => button.click()))
  await reaches(cards(page), 'Pinned')
  // Whatever else was ordered of it is before the next.
  await pin(page, text('b.txt'))
  assert.equal(gateway.orders.length, 2)
})

/** Has an order of it end without a cost, so that it can be tried again. */
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
