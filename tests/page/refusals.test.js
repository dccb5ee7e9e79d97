import assert from 'node:assert/strict'
import { readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CID } from './files.js'
import {
  cards,
  choose,
  pageTest,
  pinButton,
  pressPin,
  reaches,
  readContent,
  root,
  tokenField,
  useService,
} from './page.js'
import { json, serve } from './server.js'

const FILE = { name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') }

for (const [token, code] of [
  ['wrong-token', 'unauthorized'],
  ['forbidden-token', 'forbidden'],
  ['broke-token', 'insufficient-funds'],
  ['broke-400-token', 'insufficient-funds'],
]) {
  pageTest(
    `explains the error of ${token}, and a valid token fixes it`,
    async ({ page, gateway }) => {
      await choose(page, FILE)
      await pressPin(page, token)
      await fails(cards(page), 'Failed', code, 'refused')
      assert.deepEqual(gateway.orders, [])
      await tokenField(page).fill('demo-token')
      await cards(page).getByRole('button', { name: 'Try again' }).click()
      await reaches(cards(page), 'Pinned')
      assert.deepEqual(await readContent(cards(page)), FILE.buffer)
      assert.equal(gateway.orders.length, 1)
    },
  )
}

pageTest('a click enters a test token', async ({ page }) => {
  await choose(page, FILE)
  await page.getByRole('button', { name: 'wrong-token' }).click()
  await pinButton(page).click()
  await reaches(cards(page), 'Failed')
})

pageTest('a file that is too large cannot be sent', async ({ page, dir }) => {
  const posts = countPosts(page)
  const path = join(dir, 'large.bin')
  await writeFile(path, '')
  await truncate(path, 26_214_401)
  await choose(page, [path])
  await reaches(cards(page), 'Cannot be sent')
  await cards(page)
    .getByText('The file has 26,214,401 bytes. The limit is 26,214,400 bytes.')
    .waitFor()
  await pressPin(page)
  await page.locator(':focus').and(page.getByLabel('Choose files')).waitFor()
  await reaches(cards(page), 'Cannot be sent')
  assert.deepEqual(posts, [])
})

pageTest('a deleted file is not sent', async ({ page, dir }) => {
  const posts = countPosts(page)
  const path = join(dir, 'gone.txt')
  await writeFile(path, 'hello')
  await choose(page, path)
  await cards(page).getByText(CID).waitFor()
  await rm(path)
  await pressPin(page)
  await fails(cards(page), 'Failed', 'unreadable', 'not-sent')
  assert.deepEqual(posts, [])
})

pageTest('explains that the API cannot fetch a URL', async ({ t, page }) => {
  const url = await serve(t, json({ message: 'not here' }, 404))
  await page.getByLabel('Web address of a file').fill(url)
  await pressPin(page)
  await fails(cards(page), 'Failed', 'bad-request', 'refused')
  await cards(page).getByText('Details', { exact: true }).click()
  await cards(page).getByText('fileURL could not be fetched: status 404').waitFor()
})

pageTest('rejects a URL that is not http(s)', async ({ page }) => {
  await page.getByLabel('Web address of a file').fill('ftp://example.org/file')
  await page.getByRole('button', { name: 'Add' }).click()
  await page.locator('#address:invalid').waitFor()
  assert.equal(await cards(page).count(), 0)
})

pageTest('sends nothing without a token, and focuses its field', async ({ page }) => {
  const posts = countPosts(page)
  await choose(page, FILE)
  await pressPin(page, '')
  await page.locator(':focus').and(tokenField(page)).waitFor()
  await reaches(cards(page), 'Ready')
  assert.deepEqual(posts, [])
})

pageTest('Pin without a file focuses Choose files', async ({ page }) => {
  await pressPin(page)
  await page.locator(':focus').and(page.getByLabel('Choose files')).waitFor()
})

pageTest('explains that there is no API at the endpoint', async ({ t, page }) => {
  await choose(page, FILE)
  await useService(page, await serve(t, json({ message: 'no such thing' }, 404)))
  await pressPin(page)
  await fails(cards(page), 'Failed', 'not-found', 'refused')
})

pageTest('the outcome is unknown if the service is down', async ({ page, gateway }) => {
  await choose(page, FILE)
  await gateway.close()
  await pressPin(page)
  await fails(cards(page), 'Outcome unknown', 'network', 'unknown')
  assert.equal(await cards(page).getByRole('button', { name: 'Try again' }).count(), 0)
})

pageTest('shows how long to wait after a 429', async ({ t, page }) => {
  const url = await serve(t, (request, response) => {
    response.setHeader('Retry-After', '7')
    json({}, 429)(request, response)
  })
  await choose(page, FILE)
  await useService(page, url)
  await pressPin(page)
  await fails(cards(page), 'Failed', 'rate-limited', 'refused')
  await cards(page).getByText('Wait 7 seconds, then try again.').waitFor()
})

pageTest('a response that is not a receipt has an unknown outcome', async ({ t, page }) => {
  await choose(page, FILE)
  await useService(page, await serve(t, json('Success!')))
  await pressPin(page)
  await fails(cards(page), 'Outcome unknown', 'bad-response', 'unknown')
})

pageTest('shows the valid fields of an invalid receipt', async ({ t, page }) => {
  await choose(page, FILE)
  await useService(page, await serve(t, json({ cid: CID, fileURL: 42, orderID: 'A-1' })))
  await pressPin(page)
  await fails(cards(page), 'Check receipt', 'bad-response', 'pinned')
  await cards(page).getByText(CID).waitFor()
  await cards(page).getByText('A-1').waitFor()
})

pageTest('explains every error code of the package', async ({ page }) => {
  const types = await readFile(root('pkg/index.d.ts'), 'utf8')
  const [union] = /(?<=type PinErrorCode =)[^]*?(?=\n\n)/.exec(types)
  const codes = union.match(/[a-z-]+/g)
  assert.ok(codes.includes('insufficient-funds'))
  const words = await page.evaluate(async (codes) => {
    const { explainFailure } = await import('./ui/failure-messages.js')
    return codes.map((code) => explainFailure({ error: { code, outcome: 'refused' } }))
  }, codes)
  for (const { what, next } of words) assert.match(`${what} ${next}`, /^[A-Z].+\. [A-Z].+\.$/)
})

/** Checks that a card reaches this state, explains the code and the outcome, and announces both. */
async function fails(card, word, code, outcome) {
  await reaches(card, word)
  const failure = card.locator('.failure')
  assert.equal(await failure.getAttribute('data-code'), code)
  assert.equal(await failure.getAttribute('data-outcome'), outcome)
  const [what, money] = await card.locator('.what, .money').allInnerTexts()
  const announced = await card.page().locator('#announcement').innerText()
  assert.ok(announced.includes(`${what} ${money}`), announced)
}

function countPosts(page) {
  const posts = []
  page.on('request', (request) => request.method() === 'POST' && posts.push(request.url()))
  return posts
}
