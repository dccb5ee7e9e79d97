import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { json } from 'node:stream/consumers'
import { launchChromium } from './browser.js'

/**
 * The five calls of WebDriver that wasm-bindgen's test runner makes, answered by Playwright.
 * Writes its address when it is ready and ends when its standard input does.
 */
const browser = await launchChromium()
const pages = new Map()

const calls = {
  async 'POST /session'() {
    const sessionId = randomUUID()
    pages.set(sessionId, await browser.newPage())
    return { sessionId }
  },
  'GET /session/:id': () => ({ value: { capabilities: { browserName: 'chrome' } } }),
  async 'POST /session/:id/url'(page, { url }) {
    await page.goto(url)
    return { value: null }
  },
  async 'POST /session/:id/execute/sync'(page, { script, args }) {
    const run = ([body, values]) => new Function(body)(...values)
    return { value: await page.evaluate(run, [script, args]) }
  },
  async 'DELETE /session/:id/window'(page) {
    await page.close()
    return { value: [] }
  },
}

const server = createServer(async (request, response) => {
  try {
    const [, root, id, ...rest] = request.url.split('/')
    const path = [root, ...(id ? [':id'] : []), ...rest].join('/')
    const body = request.method === 'POST' ? await json(request) : undefined
    const answer = await calls[`${request.method} /${path}`](pages.get(id), body)
    response.end(JSON.stringify(answer))
  } catch (error) {
    console.error(error)
    response.writeHead(500).end(JSON.stringify({ value: { message: String(error) } }))
  }
})

server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/`))

process.stdin.resume().once('end', async () => {
  server.close()
  server.closeAllConnections()
  await browser.close()
})
