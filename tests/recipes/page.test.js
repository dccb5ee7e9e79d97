import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { launchChromium } from '../support/browser.js'
import { answer, json } from '../support/faults/answers.js'
import { localGateway } from '../support/gateway.js'
import { RECEIPT, service } from '../support/service.js'
import { temporaryFolder } from '../support/temporary-folder.js'
import { tool } from '../support/tools.js'
import { PACKAGE, blocks } from './recipes.js'

const { build } = await import(tool('esbuild/lib/main.js'))

/** Serves a page with these modules, bundled: `main` is a global of the page. Opens it. */
async function openWith(t, browser, modules) {
  const dir = await temporaryFolder(t)
  await writeFile(join(dir, 'index.html'), '<!doctype html><title>recipe</title><main></main>')
  for (const [name, code] of Object.entries(modules)) await writeFile(join(dir, name), code)
  await build({
    absWorkingDir: dir,
    entryPoints: Object.keys(modules),
    outdir: join(dir, 'built'),
    bundle: true,
    format: 'esm',
    jsx: 'automatic',
    alias: { 'numbers-pin': fileURLToPath(new URL('index.js', PACKAGE)) },
    nodePaths: [tool('')],
    logLevel: 'error',
  })
  const gateway = await localGateway(t, { pages: { '/': dir } })
  const context = await browser.newContext()
  t.after(() => context.close())
  const page = await context.newPage()
  await page.goto(gateway.url)
  return { page, gateway }
}

suite('the recipes for pages', { timeout: 180_000 }, () => {
  let browser
  before(async () => (browser = await launchChromium()))
  after(() => browser.close())

  const APP = `
    import { StrictMode, createElement } from 'react'
    import { createRoot } from 'react-dom/client'
    import { PinButton } from './recipe.jsx'
    export const root = createRoot(document.querySelector('main'))
    export const show = (options) => {
      const file = new File(['hello'], 'hello.txt')
      root.render(createElement(StrictMode, null, createElement(PinButton, { file, ...options })))
    }`

  test('pin once under StrictMode, and retry only if nothing was charged', async (t) => {
    const [recipe] = blocks('A React component', 'jsx')
    const { page } = await openWith(t, browser, { 'recipe.jsx': recipe, 'app.js': APP })
    const { options, posts } = await service(t, (exchange) =>
      (exchange.nth === 1 ? answer(401) : json(RECEIPT))(exchange),
    )
    await page.evaluate(async (options) => {
      const { show } = await import('/built/app.js')
      show(options)
    }, options)
    const button = page.locator('button')
    await button.click()
    await page.getByText('refused').waitFor()
    await button.dblclick()
    await page.getByText(RECEIPT.cid).waitFor()
    await button.click()
    assert.equal(posts.length, 2)
  })

  test('cancel when the component goes away', async (t) => {
    const [recipe] = blocks('A React component', 'jsx')
    const { page } = await openWith(t, browser, { 'recipe.jsx': recipe, 'app.js': APP })
    const { options, next } = await service(t, ({ read }) => read())
    await page.evaluate(async (options) => {
      const { show } = await import('/built/app.js')
      show(options)
    }, options)
    const sent = next()
    await page.locator('button').click()
    const { closed } = await sent
    await page.evaluate(async () => {
      const { root } = await import('/built/app.js')
      root.unmount()
    })
    await closed
  })

  test('keep a queue over a reload, and order nothing twice', async (t) => {
    const [recipe] = blocks('A queue that survives a reload', 'js')
    const { page, gateway } = await openWith(t, browser, { 'queue.js': recipe })
    const { options, posts, next } = await service(t, async (exchange) => {
      await exchange.read()
      if (exchange.nth !== 2) exchange.response.end(JSON.stringify(RECEIPT))
    })
    const run = async ({ options, gateway, files = [] }) => {
      const { add, list, run } = await import('/built/queue.js')
      for (const text of files) await add(new File([text], text))
      await run({ ...options, gateway })
      return (await list()).map(({ state }) => state).sort()
    }
    const first = next().then(next)
    const given = { options, gateway: gateway.url }
    const interrupted = page.evaluate(run, { ...given, files: ['a', 'b', 'c', 'a'] })
    interrupted.catch(() => {})
    await first
    await page.reload()
    assert.deepEqual(await page.evaluate(run, given), ['pinned', 'pinned', 'unknown'])
    assert.equal(posts.length, 3)
    assert.deepEqual(await page.evaluate(run, given), ['pinned', 'pinned', 'unknown'])
    assert.equal(posts.length, 3)
  })

  test('pin in a worker, whose errors keep their fields', async (t) => {
    const [worker, client] = blocks('A worker', 'js')
    const modules = { 'worker.js': worker, 'client.js': client }
    const { page } = await openWith(t, browser, modules)
    const { options } = await service(t, (exchange) =>
      (exchange.nth === 1 ? answer(500, 'oh') : json(RECEIPT))(exchange),
    )
    const [error, receipt] = await page.evaluate(async (options) => {
      const { pinInWorker } = await import('/built/client.js')
      const error = await pinInWorker(new Blob(['x']), options).catch(({ message, ...error }) => ({
        message,
        ...error,
      }))
      return [error, await pinInWorker(new Blob(['x']), options)]
    }, options)
    assert.deepEqual([error.code, error.outcome, error.status], ['server', 'unknown', 500])
    assert.match(error.message, /500/)
    assert.equal(receipt.cid, RECEIPT.cid)
  })
})
