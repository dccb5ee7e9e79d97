import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { pin, pinAll } from '../../pkg/index.js'
import { RECEIPT, parts, service } from '../support/service.js'
import { TOKEN } from '../support/faults/leaks.js'
import { withoutProof } from '../support/faults/judge.js'

const PHOTO = 'https://example.org/photo.png'

suite('an order', { timeout: 60_000 }, () => {
  test('is a POST with the token', async (t) => {
    const { options, posts } = await service(t)
    await pin(new Blob(['x']), options)
    assert.equal(posts[0].request.headers.authorization, `token ${TOKEN}`)
    for (const name of ['cookie', 'referer', 'origin', 'transfer-encoding'])
      assert.equal(posts[0].request.headers[name], undefined)
  })

  test('sends only non-default options as form fields', async (t) => {
    const { options, posts } = await service(t)
    const said = async (terms) => {
      await pin(new Blob(['x']), { ...options, ...terms })
      const [, ...others] = parts(posts.at(-1))
      return others.map(({ head, bytes }) => `${head}: ${bytes}`)
    }
    const disposition = 'Content-Disposition: form-data; name='
    assert.deepEqual(await said({}), [])
    assert.deepEqual(await said({ pin: true, version: 1 }), [])
    assert.deepEqual(await said({ pin: undefined, version: undefined }), [])
    assert.deepEqual(await said({ pin: false }), [`${disposition}"pin": false`])
    assert.deepEqual(await said({ version: 0 }), [`${disposition}"version": 0`])
    assert.deepEqual(await said({ pin: false, version: 0 }), [
      `${disposition}"pin": false`,
      `${disposition}"version": 0`,
    ])
  })

  test('sends no field that a library has added to all objects', async (t) => {
    const { options, posts } = await service(t)
    t.after(() => delete Object.prototype.version)
    Object.prototype.version = '0'
    await pin(new Blob(['x']), options)
    assert.equal(parts(posts[0]).length, 1)
  })

  test('of a URL is sent as JSON', async (t) => {
    const { options, posts } = await service(t)
    const said = async (source, terms) => {
      await pin(source, { ...options, ...terms })
      assert.equal(posts.at(-1).request.headers['content-type'], 'application/json')
      return posts.at(-1).body.toString()
    }
    assert.equal(await said(PHOTO), `{"fileURL":"${PHOTO}"}`)
    assert.equal(await said(new URL(PHOTO)), `{"fileURL":"${PHOTO}"}`)
    assert.equal(await said(PHOTO, { pin: true, version: 1 }), `{"fileURL":"${PHOTO}"}`)
    assert.equal(await said(PHOTO, { pin: false }), `{"fileURL":"${PHOTO}","pin":false}`)
    assert.equal(await said(PHOTO, { version: 0 }), `{"fileURL":"${PHOTO}","version":0}`)
    assert.equal(
      await said(PHOTO, { pin: false, version: 0 }),
      `{"fileURL":"${PHOTO}","pin":false,"version":0}`,
    )
    assert.equal(
      await said('HTTP://Example.org/a b"\\é?q=1#f'),
      '{"fileURL":"http://example.org/a%20b%22/%C3%A9?q=1#f"}',
    )
  })

  test('resolves to the receipt, with verified: null for a URL', async (t) => {
    const { options } = await service(t)
    const receipt = await pin(PHOTO, options)
    assert.deepEqual(receipt, { ...RECEIPT, verified: null, profile: null })
    assert.deepEqual(withoutProof(await pin(new Blob(['x']), options)), RECEIPT)
  })

  test('starts when called, and is sent once', async (t) => {
    const { options, posts, next } = await service(t)
    const sent = next()
    const order = pin(new Blob(['x']), options)
    assert.ok(order instanceof Promise)
    await sent
    assert.equal(await order, await order)
    await order.finally(() => {})
    assert.equal(posts.length, 1)
  })

  test('copies the options when called', async (t) => {
    const { options, posts } = await service(t)
    const orders = []
    const shared = { ...options }
    for (const name of ['a', 'b', 'c']) {
      shared.filename = name
      orders.push(pin(new Blob([name]), shared))
    }
    await Promise.all(orders)
    for (const post of posts) {
      const [{ head, bytes }] = parts(post)
      assert.ok(head.includes(`filename="${bytes}"`))
    }
  })

  test('copies the bytes when called', async (t) => {
    const { options, posts } = await service(t)
    const bytes = Buffer.from('before')
    const order = pin(bytes, options)
    bytes.fill(0)
    await order
    assert.equal(parts(posts[0])[0].bytes.toString(), 'before')
  })

  test('sends no name of bytes, which only a File has', async (t) => {
    const { options, posts } = await service(t)
    const named = Object.assign(new Uint8Array(3), { name: 'secret.txt' })
    await pinAll([named], { ...options, verify: false })
    assert.match(parts(posts[0])[0].head, /filename="file"/)
  })

  test('50 concurrent orders each send their own file', async (t) => {
    const { options, posts } = await service(t)
    const names = Array.from({ length: 50 }, (_, nth) => `${nth}.txt`)
    await Promise.all(names.map((name) => pin(new File([name], name), options)))
    const arrived = posts.map((post) => {
      const [{ head, bytes }] = parts(post)
      assert.ok(head.includes(`filename="${bytes}"`))
      return `${bytes}`
    })
    assert.deepEqual(arrived.sort(), names.sort())
  })

  test('accepts a URL object as endpoint', async (t) => {
    const { options, posts } = await service(t)
    await pin(new Blob(['x']), { ...options, endpoint: new URL(`${options.endpoint}#here`) })
    assert.equal(posts.length, 1)
  })

  test('calls the token function once', async (t) => {
    const { options, posts } = await service(t)
    const asked = []
    for (const token of [
      (...args) => (asked.push(args), 'from-a-function'),
      async (...args) => (asked.push(args), 'from-an-async-function'),
      (...args) => (asked.push(args), { then: (resolve) => resolve('from-a-thenable') }),
    ])
      await pin(new Blob(['x']), { ...options, token })
    assert.deepEqual(
      posts.map(({ request }) => request.headers.authorization),
      ['token from-a-function', 'token from-an-async-function', 'token from-a-thenable'],
    )
    assert.deepEqual(asked, [[], [], []])
  })
})
