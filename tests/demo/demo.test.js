import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import test from 'node:test'

const root = new URL('../../', import.meta.url)
const picture = await readFile(new URL('www/page/sample.jpg', root))

/** The CID of one raw block, in base 16. */
const CID = `f01551220${createHash('sha256').update(picture).digest('hex')}`

test('the demo pins a picture, serves its page, and ends with Ctrl-C', async (t) => {
  const demo = spawn('cargo', ['xtask', 'demo', '--port', '0'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  t.after(() => demo.kill())
  const ended = once(demo, 'exit')

  const page = await addressOfPage(demo.stdout)
  const html = await fetch(page).then((response) => response.text())
  assert.match(html, /<title>/)
  const pinned = await fetch(new URL(`/ipfs/${CID}`, page))
  assert.ok(picture.equals(Buffer.from(await pinned.arrayBuffer())))

  demo.kill('SIGINT')
  assert.deepEqual(await ended, [0, null])
  await assert.rejects(fetch(page), TypeError)
})

async function addressOfPage(output) {
  for await (const line of createInterface(output)) {
    const [, address] = /^The page is (\S+)/.exec(line) ?? []
    if (address) return address
  }
  throw new Error('The demo ended before it gave the address of its page')
}
