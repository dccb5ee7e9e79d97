import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { cidOf, pin, pinAll } from '../../pkg/index.js'
import { parts, service } from '../support/service.js'

// Types of workerd have no tag in a Worker whose compatibility date is before 2024-09-26.
for (const type of [Blob, File, ReadableStream, Response, URL])
  delete type.prototype[Symbol.toStringTag]

const bytes = new Uint8Array(100_000).fill(7)

suite(
  'types without Symbol.toStringTag are recognized by their methods:',
  { timeout: 60_000 },
  () => {
    for (const [what, make] of Object.entries({
      'a Blob': () => new Blob([bytes]),
      'a File': () => new File([bytes], 'a.txt'),
      'a stream': () => new Blob([bytes]).stream(),
      'a Response': () => new Response(bytes),
    }))
      test(what, async (t) => {
        const { options, posts } = await service(t)
        await pin(make(), { ...options, endpoint: new URL(options.endpoint) })
        const [{ status }] = await pinAll([make()], options)
        assert.equal(status, 'fulfilled')
        assert.equal(posts.length, 2)
        for (const post of posts) assert.equal(parts(post)[0].bytes.compare(bytes), 0)
        assert.equal(await cidOf(make()), await cidOf(bytes))
        await assert.rejects(pinAll(new Response(bytes), options), { code: 'invalid-input' })
      })

    test('a URL', async (t) => {
      const { options, posts } = await service(t)
      await pin(new URL('https://example.org/a'), options)
      assert.match(String(posts[0].body), /example\.org/)
    })
  },
)
