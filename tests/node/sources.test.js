import assert from 'node:assert/strict'
import { openAsBlob } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { runInNewContext } from 'node:vm'
import { pin } from '../../pkg/index.js'
import { answer } from '../support/faults/answers.js'
import { startFaults } from '../support/faults/server.js'
import { parts, service } from '../support/service.js'
import { streamOf } from './streams.js'

const bytesOf = (length) => Uint8Array.from({ length }, (_, at) => (at * 31 + (at >> 8)) & 0xff)

/** Small and large sources, with and without onProgress, are each sent in another way. */
const WAYS = [
  ['small sources', bytesOf(1000), {}],
  ['large sources', bytesOf(100_000), {}],
  ['small sources with onProgress', bytesOf(1000), { onProgress() {} }],
  ['large sources with onProgress', bytesOf(100_000), { onProgress() {} }],
]

/** Chunks that reuse the same memory. */
function* reused(bytes, size) {
  const memory = new Uint8Array(size)
  for (const chunk of sliced(bytes, size)) {
    memory.set(chunk)
    yield memory.subarray(0, chunk.length)
  }
}

function* sliced(bytes, size) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

/** A view of this type in the middle of its buffer. */
function inTheMiddle(bytes, View, Buffer = ArrayBuffer) {
  const buffer = new Buffer(64 + bytes.length)
  new Uint8Array(buffer).set(bytes, 32)
  return new View(buffer, 32, bytes.length / (View.BYTES_PER_ELEMENT ?? 1))
}

/** A polyfilled Blob, which is recognized by its tag. */
class Foreign {
  #blob

  constructor(bytes) {
    this.#blob = new Blob([bytes])
    this.size = this.#blob.size
  }

  type = ''
  slice = (...range) => this.#blob.slice(...range)
  arrayBuffer = () => this.#blob.arrayBuffer()
  get [Symbol.toStringTag]() {
    return 'Blob'
  }
}

const VIEWS = [
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
  DataView,
]

const sourcesOf = (bytes) => ({
  'a Blob': () => new Blob([bytes]),
  'a File': () => new File([bytes], 'file'),
  'a polyfilled Blob': () => new Foreign(bytes),
  'a slice of a Blob': () => new Blob(['..', bytes, '..']).slice(2, -2),
  'an ArrayBuffer': () => bytes.slice().buffer,
  'a Buffer': () => Buffer.from(bytes),
  'a Buffer in the pool': () =>
    Buffer.concat([Buffer.from('..'), bytes, Buffer.from('..')]).subarray(2, -2),
  'a view on shared memory': () => inTheMiddle(bytes, Uint8Array, SharedArrayBuffer),
  'bytes of another realm': () => runInNewContext('Uint8Array.from(bytes)', { bytes }),
  'a buffer of another realm': () => runInNewContext('Uint8Array.from(bytes).buffer', { bytes }),
  'a stream': () => streamOf([bytes]),
  'a stream of many small chunks': () => streamOf(sliced(bytes, bytes.length / 1000)),
  'a stream that reuses its memory': () => streamOf(reused(bytes, bytes.length / 10)),
  'a stream with empty chunks': () => streamOf([new Uint8Array(), bytes, new Uint8Array()]),
  'a stream of views': () => streamOf([inTheMiddle(bytes, Float64Array)]),
  'a byte stream': () =>
    new ReadableStream({
      type: 'bytes',
      start(controller) {
        controller.enqueue(bytes.slice())
        controller.close()
      },
    }),
  "a Blob's stream": () => new Blob([bytes]).stream(),
  'a Response': () => new Response(bytes),
  ...Object.fromEntries(VIEWS.map((View) => [`a ${View.name}`, () => inTheMiddle(bytes, View)])),
})

for (const [way, bytes, more] of WAYS) {
  suite(way, () => {
    const ordering = async (t) => {
      const { options, posts } = await service(t)
      return { options: { ...options, ...more }, posts }
    }

    suite('the service receives the bytes of', { timeout: 60_000 }, () => {
      for (const [name, source] of Object.entries(sourcesOf(bytes))) {
        test(name, async (t) => {
          const { options, posts } = await ordering(t)
          await pin(source(), options)
          const [file, ...others] = parts(posts[0])
          assert.deepEqual(others, [])
          assert.equal(file.bytes.compare(bytes), 0)
          assert.equal(
            file.head,
            'Content-Disposition: form-data; name="file"; filename="file"\r\n' +
              'Content-Type: application/octet-stream',
          )
          assert.equal(posts[0].request.headers['content-length'], String(posts[0].body.length))
        })
      }

      test('a file on disk', async (t) => {
        const dir = await mkdtemp(join(tmpdir(), 'sources-'))
        t.after(() => rm(dir, { recursive: true }))
        await writeFile(join(dir, 'x'), bytes)
        const { options, posts } = await ordering(t)
        await pin(await openAsBlob(join(dir, 'x')), options)
        assert.equal(parts(posts[0])[0].bytes.compare(bytes), 0)
      })

      test('a Response that was fetched', async (t) => {
        const there = {
          name: 'there',
          serve: answer(200, bytes, { 'Content-Type': 'Image/PNG; x=Y' }),
        }
        const web = await startFaults([there])
        t.after(() => web.close())
        const { options, posts } = await ordering(t)
        await pin(await fetch(web.endpoint(there), { method: 'POST' }), options)
        const [file] = parts(posts[0])
        assert.equal(file.bytes.compare(bytes), 0)
        assert.match(file.head, /\r\nContent-Type: image\/png; x=y$/)
      })

      for (const [name, source] of Object.entries({
        'an empty Blob': () => new Blob(),
        'an empty File': () => new File([], 'file'),
        'an empty ArrayBuffer': () => new ArrayBuffer(),
        'an empty stream': () => streamOf([]),
        'a Response with an empty body': () => new Response(''),
        'a Response without a body': () => new Response(null, { status: 204 }),
      })) {
        test(name, async (t) => {
          const { options, posts } = await ordering(t)
          await pin(source(), options)
          const [file, ...others] = parts(posts[0])
          assert.deepEqual(others, [])
          assert.equal(file.bytes.length, 0)
        })
      }
    })

    suite('the file name is', { timeout: 60_000 }, () => {
      const png = (name) => new File([bytes], name, { type: 'image/png' })

      for (const [name, source, filename, travels] of [
        ['that of a File', png('photo.png'), undefined, 'photo.png'],
        ['that of the option', png('photo.png'), 'other.png', 'other.png'],
        ['sent in any script', png('照片 é🙂.png'), undefined, '照片 é🙂.png'],
        ['escaped within its quotes', png('照片 "x"\n.png'), undefined, '照片 %22x%22%0A.png'],
        [
          'escaped so that it adds no header',
          bytes,
          'a\r\nX-Evil: 1\r\n\r\n"',
          'a%0D%0AX-Evil: 1%0D%0A%0D%0A%22',
        ],
        ['unchanged if it looks escaped', bytes, 'a%22\\".png', 'a%22\\%22.png'],
        ['unchanged if it looks like a path', bytes, '../a/b.png', '../a/b.png'],
        ['"file" if a File has no name', png(''), undefined, 'file'],
      ]) {
        test(name, async (t) => {
          const { options, posts } = await ordering(t)
          await pin(source, { ...options, ...(filename && { filename }) })
          const [file, ...others] = parts(posts[0])
          assert.deepEqual(others, [])
          assert.equal(
            file.head.split('\r\n')[0],
            `Content-Disposition: form-data; name="file"; filename="${travels}"`,
          )
          assert.equal(file.bytes.compare(bytes), 0)
        })
      }
    })

    suite('the media type is', { timeout: 60_000 }, () => {
      for (const [name, source, travels] of [
        ['that of the File', new File([bytes], 'x', { type: 'image/png' }), 'image/png'],
        [
          'that of a Blob',
          new Blob([bytes], { type: 'text/plain;charset=utf-8' }),
          'text/plain;charset=utf-8',
        ],
        [
          'that of a Response',
          new Response(bytes, { headers: { 'Content-Type': 'Text/Plain; x=y' } }),
          'text/plain; x=y',
        ],
        ['not guessed from the name', new File([bytes], 'x.png'), 'application/octet-stream'],
      ]) {
        test(name, async (t) => {
          const { options, posts } = await ordering(t)
          await pin(source, options)
          assert.equal(parts(posts[0])[0].head.split('\r\n')[1], `Content-Type: ${travels}`)
        })
      }
    })
  })
}

test('sends a file that contains the form of an earlier order', async (t) => {
  const { options, posts } = await service(t)
  await pin(new Blob(['x']), options)
  await pin(new Blob([posts[0].body]), options)
  const [file, ...others] = parts(posts[1])
  assert.deepEqual(others, [])
  assert.equal(file.bytes.compare(posts[0].body), 0)
})
