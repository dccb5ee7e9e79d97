import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { createRelay } from '../../pkg/relay/index.js'
import { FORM } from './client.js'

const part = (disposition, content = 'x') =>
  `--b\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${content}\r\n`
const FILE = part('name="file"; filename="a"')
const END = '--b--\r\n'

/** Sends a body in chunks of a size, and resolves to the response and what was forwarded. */
async function relayed(body, { type = FORM['Content-Type'], length, chunk = 7, ...options } = {}) {
  const bytes = new TextEncoder().encode(body)
  let forwarded
  const relay = createRelay({
    token: 'Capture-Token.4f1c9a7be2d05836',
    authorize: () => true,
    async fetch(url, init) {
      forwarded = await new Response(init.body).text()
      return Response.json({})
    },
    ...options,
  })
  function* chunks() {
    for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk)
  }
  const headers = new Headers({ 'Content-Type': type })
  if (length !== undefined) headers.set('Content-Length', length)
  const request = new Request('http://relay.example/', {
    method: 'POST',
    headers,
    body: ReadableStream.from(chunks()),
    duplex: 'half',
  })
  const response = await relay(request)
  return { status: response.status, error: (await response.json()).error, forwarded }
}

/** Forms, and whether they are forwarded: always, or with `urls: false`. */
const FORMS = [
  ['a file', FILE + END, true, true],
  [
    'a file and other fields',
    part('name="pin"', 'false') + FILE + part('name="version"', '0') + END,
    true,
    true,
  ],
  ['a field named `filename`', part('name="filename"') + FILE + END, true, true],
  ['a file named like a field', part('name="file"; filename="fileURL"') + END, true, true],
  [
    'a file that has a form with another boundary',
    part('name="file"; filename="a"', FILE.replace('--b', '--c')) + END,
    true,
    true,
  ],
  ['text after its end', FILE + END + 'x'.repeat(20_000), true, true],
  ['a second file', FILE + FILE + END, false, false],
  ['a second file with another name', FILE + part('name=x; filename=a') + END, false, false],
  [
    'a second file with a name in UTF-8',
    FILE + part("name=x; filename*=utf-8''a") + END,
    false,
    false,
  ],
  ['a second file with a name in pieces', FILE + part('name=x; FileName*0=a') + END, false, false],
  ['a second file without a name', FILE + part('name=file') + END, false, false],
  ['a second file in a folded header', FILE + part('name=x;\r\n filename="a"') + END, false, false],
  ['a second file between bare line feeds', FILE + FILE.replaceAll('\r', '') + END, false, false],
  ['a second file after the end', FILE + END + FILE + END, false, false],
  [
    'a second file after headers without an end',
    FILE.slice(0, 50) + '\r\n' + FILE + END,
    false,
    false,
  ],
  ['a URL', part('name="fileURL"') + END, true, false],
  ['a URL without quotes', part('name=fileURL') + END, true, false],
  ['a URL in small letters', part('name="fileurl"') + END, true, false],
  ['a URL with an escape', part('name="file\\URL"') + END, true, false],
  ['a URL with an encoded name', part("name*=utf-8''file%55RL") + END, true, false],
  ['a URL after a file', FILE + part('name="fileURL"') + END, true, false],
]

suite('a relay', () => {
  for (const [name, form, ...expected] of FORMS)
    for (const chunk of [1, 64, 65_536])
      for (const [nth, urls] of [true, false].entries()) {
        const verb = expected[nth] ? 'forwards' : 'refuses'
        test(`${verb} a form with ${name}, in chunks of ${chunk}, \`urls\` ${urls}`, async () => {
          const { status, error, forwarded } = await relayed(form, { chunk, urls })
          assert.equal(forwarded, expected[nth] ? form : undefined, error)
          assert.ok(expected[nth] ? status === 200 : status === 400 || status === 403)
        })
      }

  for (const [type, isForwarded] of [
    ['Multipart/Form-Data;Boundary=b', true],
    ['multipart/form-data; charset=utf-8; boundary="b"; x=y', true],
    ['multipart/form-data; boundary="b\\""', false],
    ['multipart/form-data; boundary=b; Boundary=c', false],
    ['multipart/form-data; boundary*=b; boundary=c', false],
    ['multipart/form-data; boundary=b, multipart/form-data; boundary=c', false],
  ])
    test(`${isForwarded ? 'forwards' : 'refuses'} the type ${type}`, async () => {
      assert.equal((await relayed(FILE + END, { type })).status, isForwarded ? 200 : 415)
      const two = await relayed(FILE + FILE + END, { type })
      assert.equal(two.status, isForwarded ? 400 : 415)
    })

  test('refuses a part whose headers do not end', async () => {
    const { status, error } = await relayed(`--b\r\nX: ${'x'.repeat(20_000)}`, { chunk: 1000 })
    assert.equal(status, 400)
    assert.equal(error, 'The headers of a part of the form are too long')
  })

  test('forwards JSON unless `urls` is false', async () => {
    const json = '{"fileURL":"https://example.org/"}'
    const type = 'application/json'
    assert.equal((await relayed(json, { type })).forwarded, json)
    const { status, error, forwarded } = await relayed(json, { type, urls: false })
    assert.deepEqual([status, error, forwarded], [403, 'This relay does not pin URLs', undefined])
  })

  for (const [length, expected] of [
    [100, /^The body ended after 76 of 100 bytes: something before the relay read or cut it$/],
    [70, /^The body is longer than its Content-Length$/],
  ])
    test(`refuses a body of 76 bytes whose Content-Length is ${length}`, async () => {
      const { status, error, forwarded } = await relayed(FILE + END, { length })
      assert.deepEqual([status, forwarded], [400, undefined])
      assert.match(error, expected)
    })

  test('refuses an empty body without Content-Length', async () => {
    const { status, error } = await relayed('')
    assert.equal(status, 400)
    assert.equal(error, 'The body is empty: something before the relay read or cut it')
  })
})
