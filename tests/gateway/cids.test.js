import assert from 'node:assert/strict'
import test from 'node:test'
import { bytesOf, vectors } from './bytes.js'
import { pinned, localGateway } from '../support/gateway.js'

const VERSIONS = { 'v0-256k-dagpb-174': '0', 'v1-256k-raw-174': '1' }
const LIMIT = 26_214_400

const rows = [...vectors.published, ...vectors.generated].filter(
  ({ profile, size, content }) =>
    profile in VERSIONS &&
    (size ?? content?.size ?? content?.zero ?? 0) <= LIMIT &&
    !(content && 'base64' in content),
)

test('every CID is that of kubo, and the bytes are served by it', async (t) => {
  assert.ok(rows.length > 80, `${rows.length} vectors`)
  const { url, endpoint } = await localGateway(t)
  for (const row of rows) {
    const bytes = bytesOf(row)
    const answer = await pinned(endpoint, bytes, [['version', VERSIONS[row.profile]]])
    assert.equal(answer.cid, row.cid)
    assert.equal(answer.cid_version, Number(VERSIONS[row.profile]))
    assert.equal(answer.fileSize, bytes.length)
    assert.equal(answer.fileURL, `${url}/ipfs/${row.cid}`)
    for (const cid of [row.cid, row.cid_as_v1 ?? row.cid]) {
      const response = await fetch(`${url}/ipfs/${cid}`)
      assert.equal(response.status, 200, cid)
      assert.ok(bytes.equals(Buffer.from(await response.arrayBuffer())), cid)
    }
  }
})

test('a CID is found in every base', async (t) => {
  const { url, endpoint } = await localGateway(t)
  await pinned(endpoint, Buffer.from('hello world'))
  await pinned(endpoint, Buffer.from('hello world'), [['version', '0']])
  for (const { what, ...forms } of vectors.cid_forms) {
    if (!what.includes('hello world')) continue
    const cids = [forms.base32, forms.base32upper, forms.base16, forms.base58btc, forms.base36]
    for (const cid of [...cids, forms.cidv0].filter(Boolean)) {
      const response = await fetch(`${url}/ipfs/${cid}`)
      assert.equal(response.status, 200, cid)
      assert.equal(await response.text(), 'hello world')
    }
  }
})
