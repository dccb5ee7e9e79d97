import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { launchChromium } from '../support/browser.js'
import { bundlers } from './bundlers.js'
import { NEXT } from './next.js'
import { newProject } from './project.js'
import { run, serve } from './tools.js'

const NEXT_PAGE = `'use client'
import { useEffect } from 'react'
import { prepare } from '../later.js'
export default function Page() {
  useEffect(prepare, [])
}
`

/** Builds and serves a page that loads the package at its first pin. */
const SITES = {
  Vite: bundledBy('Vite', 8),
  webpack: bundledBy('webpack', 5),
  async 'Next.js'(t) {
    const place = await newProject(t, 'first pin, Next.js', {})
    await writeFile(join(place.project, 'src/app/page.js'), NEXT_PAGE)
    await run(place.project, ...NEXT, 'build')
    return { place, url: await serve(place, ...NEXT, 'start', '--port', '0') }
  },
}

/** What its start may weigh without a framework, gzipped: the click, and what loads a script later. */
const MAX_START_BYTES = 2000

let browser
before(async () => (browser = await launchChromium()))
after(() => browser.close())

suite('a page that loads the package at its first pin', { timeout: 600_000 }, () => {
  for (const [name, build] of Object.entries(SITES))
    test(`starts without it, by ${name}`, async (t) => {
      const { place, url } = await build(t)
      const context = await browser.newContext()
      t.after(() => context.close())
      const page = await context.newPage()
      const scripts = []
      page.on('response', (response) => {
        if (response.request().resourceType() === 'script') scripts.push(response.text())
      })
      await page.goto(`${url}/?endpoint=${encodeURIComponent(place.gateway.endpoint)}`)
      const button = page.locator('button')
      await button.waitFor()
      const atStart = (await Promise.all(scripts)).join('\n')
      assert.ok(!atStart.includes(MODULE))
      const size = gzipSync(atStart, { level: 9 }).length
      t.diagnostic(`${size} bytes gzipped at the start`)
      if (name !== 'Next.js') assert.ok(size < MAX_START_BYTES)

      await button.click()
      await page.waitForFunction(() => document.title.startsWith('bafk'))
      assert.equal(place.gateway.orders.length, 1)
      assert.ok((await Promise.all(scripts)).join('\n').includes(MODULE))
    })
})

/** How the WebAssembly begins: gzip, in Base64. */
const MODULE = 'H4sIA'

function bundledBy(tool, release) {
  const bundler = bundlers.find((each) => each.tool === tool && each.release === release)
  const command = Object.values(bundler.ways).at(-1)
  return async (t) => {
    const files = bundler.files('first', command)
    const place = await newProject(t, `first pin, ${tool}`, { files, folder: 'dist' })
    await run(place.project, ...command.build)
    return { place, url: place.gateway.url }
  }
}
