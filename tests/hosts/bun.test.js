import assert from 'node:assert/strict'
import { open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { pin } from '../../pkg/index.js'
import { localGateway } from '../support/gateway.js'
import { temporaryFolder } from '../support/temporary-folder.js'
import { parts, service } from '../support/service.js'
import { patterned } from '../support/content.js'
import { run } from './run.js'

const BYTES = patterned('p31', 3_000_000)

async function fileOf(t) {
  const path = join(await temporaryFolder(t), 'photo.jpg')
  await writeFile(path, BYTES)
  return path
}

suite('Bun pins', { timeout: 60_000 }, () => {
  for (const [way, [begin, end]] of Object.entries({
    'a file': [0],
    'the end of a file': [1000],
    'the middle of a file': [1000, 2_000_000],
    'a file descriptor': [0],
    'a file of openAsBlob': [0],
  })) {
    test(`all bytes of ${way}`, async (t) => {
      const { endpoint } = await localGateway(t)
      const { cids, receipt } = await run('Bun', 'bun', [way, await fileOf(t), endpoint])
      // The CID that the gateway computes from the same bytes.
      const bytes = BYTES.slice(begin, end)
      const asked = [1, 0].map((version) =>
        pin(bytes, { endpoint, token: 'local-token', verify: false, version }),
      )
      const expected = await Promise.all(asked)
      assert.deepEqual(
        cids,
        expected.map(({ cid }) => cid),
      )
      assert.equal(receipt.cid, cids[0])
      assert.equal(receipt.verified, true)
    })
  }

  for (const [kind, input] of [
    ['a pipe', () => BYTES],
    [
      'a file',
      async (t) => {
        const file = await open(await fileOf(t))
        t.after(() => file.close())
        return file.fd
      },
    ],
  ]) {
    test(`standard input from ${kind}`, async (t) => {
      const { endpoint } = await localGateway(t)
      const args = ['standard input', '', endpoint]
      const { receipt } = await run('Bun', 'bun', args, { input: await input(t) })
      assert.equal(receipt.fileSize, BYTES.length)
      assert.equal(receipt.verified, true)
    })
  }
})

test('Bun sends the file name without its folder', { timeout: 60_000 }, async (t) => {
  const { options, posts } = await service(t)
  await run('Bun', 'bun', ['a file', await fileOf(t), options.endpoint])
  assert.match(parts(posts[0])[0].head, /; filename="photo\.jpg"\r\n/)
})
