import assert from 'node:assert/strict'
import { createCipheriv } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { startGateway } from '../../www/gateway/server.js'
import { pin } from '../../pkg/index.js'
import { failure } from '../support/failure.js'

/** Pseudorandom bytes, always the same. */
function noise(size) {
  const cipher = createCipheriv('aes-128-ctr', Buffer.alloc(16), Buffer.alloc(16))
  return cipher.update(Buffer.alloc(size))
}

suite('the local gateway', { timeout: 60_000 }, () => {
  let dir, gateway, options
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'gateway-'))
    gateway = await startGateway({ dir })
    options = { token: 'local-token', endpoint: gateway.endpoint }
  })
  after(async () => {
    await gateway.close()
    await rm(dir, { recursive: true })
  })

  /** Checks that a receipt is of these bytes, and that the gateway has them. */
  async function serves(receipt, bytes, version = 1) {
    assert.equal(receipt.fileURL, `${gateway.url}/ipfs/${receipt.cid}`)
    assert.equal(receipt.fileSize, bytes.length)
    assert.equal(receipt.cid_version, version)
    assert.equal(receipt.orderID, gateway.orders.at(-1).orderID)
    const back = await (await fetch(receipt.fileURL)).arrayBuffer()
    assert.equal(Buffer.compare(Buffer.from(back), bytes), 0)
  }

  for (const [name, file, bytes] of [
    ['a photo of 3 MB', 'photo.jpg', noise(3_456_789)],
    ['an empty file', 'empty', noise(0)],
    ['a file of 25 MiB', 'large.bin', noise(26_214_400)],
    ['a file whose name must be escaped', '照片 "x"\n.png', noise(1000)],
  ]) {
    for (const version of [1, 0]) {
      test(`returns ${name} by a CID of version ${version}`, async () => {
        const receipt = await pin(new File([bytes], file), { ...options, version })
        assert.equal(receipt.verified, true)
        assert.match(receipt.cid, version === 1 ? /^baf/ : /^Qm/)
        await serves(receipt, bytes, version)
      })
    }
  }

  test('returns a file that it fetched from a URL', async () => {
    const bytes = noise(300_000)
    const { fileURL, cid } = await pin(bytes, options)
    const receipt = await pin(fileURL, options)
    assert.equal(receipt.verified, null)
    assert.equal(receipt.cid, cid)
    await serves(receipt, bytes)
  })

  test('responds with the CID of a file that is not pinned', async () => {
    const bytes = Buffer.from('not pinned')
    const { cid, fileURL, verified } = await pin(bytes, { ...options, pin: false })
    assert.equal(verified, true)
    assert.equal((await fetch(fileURL)).status, 404)
    assert.equal((await pin(bytes, options)).cid, cid)
  })

  for (const [token, code] of [
    ['wrong-token', 'unauthorized'],
    ['forbidden-token', 'forbidden'],
    ['broke-token', 'insufficient-funds'],
    ['broke-400-token', 'insufficient-funds'],
  ]) {
    test(`rejects ${token}`, async () => {
      const orders = gateway.orders.length
      const error = await failure(pin(noise(1000), { ...options, token }))
      assert.equal(error.code, code)
      assert.equal(error.outcome, 'refused')
      assert.equal(gateway.orders.length, orders)
    })
  }

  test('accepts at most 25 MiB', async () => {
    const source = new Blob([noise(26_214_401)])
    const error = await failure(pin(source, { ...options, maxSize: Infinity }))
    assert.equal(error.code, 'too-large')
    assert.equal(error.outcome, 'refused')
    assert.equal(error.status, 413)
  })
})
