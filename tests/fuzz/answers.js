import fc from 'fast-check'
import { RECEIPT, SMALL } from '../support/faults/answers.js'
import { TOKEN } from '../support/faults/leaks.js'

const ENCODED = JSON.stringify(RECEIPT)

/** The CIDs that kubo's tests have for `SMALL`, and strings that resemble CIDs. */
export const cid = fc.oneof(
  fc.constantFrom(
    SMALL.cid,
    SMALL.cid.toUpperCase(),
    'Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyfD',
    'bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku',
    'bafybeicsska6br3bscee2b6mlbhslgp7jah4gxhc36i4sqkooeb7o2gsx4',
  ),
  fc.stringMatching(/^(b[a-z2-7]|z[1-9A-HJ-NP-Za-km-z]|f[0-9a-f]|Qm[1-9A-HJ-NP-Za-km-z]){1,60}$/),
)

/** A JSON value, or one that only JSON text can represent. */
const json = fc.oneof(
  fc.json(),
  fc.constantFrom('1e400', '-0', '9007199254740993', '"11"', '"\\ud800"', JSON.stringify(TOKEN)),
)

const FIELDS = [...Object.keys(RECEIPT), 'verified', 'profile', '__proto__', 'toJSON', 'then']

/** The text of a receipt with wrong, missing, duplicate or unknown fields. */
const receipt = fc
  .tuple(
    fc.subarray(Object.entries(RECEIPT)),
    fc.option(cid),
    fc.array(fc.tuple(fc.oneof(fc.constantFrom(...FIELDS), fc.string()), json), { maxLength: 4 }),
  )
  .map(([kept, cid, others]) => {
    const fields = kept.map(([name, value]) => [name, JSON.stringify(value)])
    if (cid !== null) fields.push(['cid', JSON.stringify(cid)])
    const members = [...fields, ...others].map(
      ([name, value]) => `${JSON.stringify(name)}:${value}`,
    )
    return `{${members}}`
  })

/**
 * Removes bytes at random positions and inserts others.
 *
 * @param {import('fast-check').Arbitrary<string>} texts
 * @returns {import('fast-check').Arbitrary<Uint8Array>}
 */
export const mutated = (texts) => {
  const changes = fc.array(
    fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      cut: fc.nat(8),
      put: fc.oneof(
        fc.uint8Array({ maxLength: 8 }),
        fc.constantFrom('"', '\\', '{', ']', ',', '\r\n', '\0', '\ufeff', '1e999').map(utf8),
      ),
    }),
    { maxLength: 5 },
  )
  return fc.tuple(texts, changes).map(([text, changes]) => {
    const bytes = [...utf8(text)]
    for (const { at, cut, put } of changes) bytes.splice(at * bytes.length, cut, ...put)
    return Uint8Array.from(bytes)
  })
}

const utf8 = (text) => new TextEncoder().encode(text)

const body = fc.oneof(
  { arbitrary: mutated(receipt), weight: 3 },
  { arbitrary: receipt.map(utf8), weight: 3 },
  { arbitrary: mutated(fc.constant(ENCODED)), weight: 2 },
  fc.json().map(utf8),
  fc.uint8Array({ maxLength: 400 }),
  fc.string({ unit: 'binary', maxLength: 400 }).map(utf8),
  fc.constantFrom(TOKEN, `no ${TOKEN.toUpperCase()}`, `<p>${TOKEN}`).map(utf8),
)

const status = fc.oneof(
  { arbitrary: fc.constant(200), weight: 4 },
  fc.integer({ min: 200, max: 599 }),
  fc.constantFrom(201, 400, 401, 402, 403, 413, 429, 500, 503),
)

const headers = fc.dictionary(
  fc.constantFrom('Retry-After', 'Content-Type', 'Location', 'Content-Length', 'X-Other'),
  fc.oneof(
    fc.constantFrom('0', '0.5', '-1', '400', 'Wed, 21 Oct 2015 07:28:00 GMT', 'text/html'),
    fc.constantFrom('application/json; charset=utf-16', `https://example.org/?${TOKEN}`),
    fc.stringMatching(/^[!-~]{0,20}$/),
  ),
)

/** How a body arrives: in chunks of this size, and whether it fails after them. */
const way = fc.record({ piece: fc.integer({ min: 1, max: 500 }), breaks: fc.boolean() })

/** A response, or a value that `fetch` rejects with. */
export const answers = fc.oneof(
  { arbitrary: fc.record({ status, headers, body, way: fc.option(way) }), weight: 9 },
  fc.record({
    failure: fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true }),
  }),
)

/** The bytes of a response, with random damage. */
export const wire = mutated(
  fc
    .tuple(status, headers, receipt, fc.boolean())
    .map(([status, headers, text, chunked]) =>
      [
        `HTTP/1.1 ${status} Word`,
        ...Object.entries(headers).map((header) => header.join(': ')),
        chunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${utf8(text).length}`,
        'Connection: close',
        '',
        chunked ? `${utf8(text).length.toString(16)}\r\n${text}\r\n0\r\n\r\n` : text,
      ].join('\r\n'),
    ),
)
