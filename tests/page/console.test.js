import { CID } from './files.js'
import { cards, choose, pageTest, pressPin, reaches, useService } from './page.js'
import { json, serve } from './server.js'

const RECEIPT = { cid: CID }

// Every test checks the console at its end. This API exposes no headers to pages.
pageTest('a response without exposed headers logs nothing', async ({ t, page }) => {
  const url = await serve(t, (request, response) => {
    response.removeHeader('Access-Control-Expose-Headers')
    json(RECEIPT)(request, response)
  })
  await useService(page, url)
  await choose(page, { name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') })
  await pressPin(page)
  await reaches(cards(page), 'Pinned')
})
