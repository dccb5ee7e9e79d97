import { RECEIPT, answer, garbled, json, rejects, resolves } from './answers.js'

/** An order that was processed, with an invalid field in the receipt. */
const flawed = (field, value) => ({
  serve: json({ ...RECEIPT, [field]: value }),
  expect: rejects('bad-response', 'pinned', {
    status: 200,
    receipt: { ...RECEIPT, [field]: value },
  }),
})

/** An order that was processed, with a CID that certainly does not match the bytes. */
const mismatched = (cid) => ({
  serve: json({ ...RECEIPT, cid }),
  expect: rejects('mismatch', 'pinned', { status: 200, receipt: { ...RECEIPT, cid } }),
})

/** The CID of an empty file, from tests/vectors: a raw block too. */
const OTHER = 'bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku'

/** The receipt as text, with these fields first. */
const withFirst = (fields) => `{${fields},${JSON.stringify(RECEIPT).slice(1)}`

const { cid, ...WITHOUT_CID } = RECEIPT

/** Receipts, and objects that resemble them. */
export const RECEIPTS = [
  { name: 'a receipt', serve: json(RECEIPT), expect: resolves() },
  { name: 'a receipt with 201', serve: json(RECEIPT, 201), expect: resolves() },
  { name: 'only a CID', serve: json({ cid }), expect: resolves({ cid }) },
  { name: 'an empty object', serve: json({}), expect: garbled() },
  { name: 'no CID', serve: json(WITHOUT_CID), expect: garbled() },
  { name: 'null as CID', serve: json({ ...RECEIPT, cid: null }), expect: garbled() },
  { name: 'a number as CID', serve: json({ ...RECEIPT, cid: 1 }), expect: garbled() },
  { name: 'a CID in an array', serve: json({ ...RECEIPT, cid: [cid] }), expect: garbled() },
  { name: 'an empty CID', serve: json({ ...RECEIPT, cid: '' }), expect: garbled() },

  { name: 'the CID of other bytes', ...mismatched(OTHER) },
  { name: 'a CID with an extra character', ...mismatched(`${cid}a`) },
  { name: 'a CID without its last character', ...mismatched(cid.slice(0, -1)) },
  { name: 'a CID with an invalid character', ...mismatched(cid.replace('j', '1')) },
  { name: 'a word as CID', ...mismatched('pinned') },
  { name: 'an ipfs:// URL as CID', ...mismatched(`ipfs://${cid}`) },

  { name: 'fileSize "11"', serve: json({ ...RECEIPT, fileSize: '11' }), expect: resolves() },
  { name: 'cid_version "1"', serve: json({ ...RECEIPT, cid_version: '1' }), expect: resolves() },
  { name: 'fileSize 1.5', ...flawed('fileSize', 1.5) },
  { name: 'fileSize -1', ...flawed('fileSize', -1) },
  { name: 'fileSize "eleven"', ...flawed('fileSize', 'eleven') },
  { name: 'fileSize 2^53', ...flawed('fileSize', 2 ** 53) },
  {
    name: 'fileSize 1e400',
    serve: answer(200, JSON.stringify(RECEIPT).replace('"fileSize":11', '"fileSize":1e400')),
    expect: rejects('bad-response', 'pinned', {
      status: 200,
      receipt: { ...RECEIPT, fileSize: Infinity },
    }),
  },
  { name: 'cid_version "one"', ...flawed('cid_version', 'one') },
  { name: 'fileURL 7', ...flawed('fileURL', 7) },
  { name: 'orderID 7', ...flawed('orderID', 7) },

  {
    // As in JSON.parse, the last one counts.
    name: 'a duplicate key',
    serve: answer(200, withFirst('"orderID":"order-0"')),
    expect: resolves(),
  },
  {
    name: 'a key `__proto__`',
    serve: answer(200, withFirst('"__proto__":{"fileSize":1,"polluted":true}')),
    expect: resolves(),
  },
  {
    name: 'a receipt in `__proto__`',
    serve: answer(200, `{"__proto__":${JSON.stringify(RECEIPT)}}`),
    expect: garbled(),
  },
  {
    name: 'keys of Object.prototype',
    serve: json({
      ...RECEIPT,
      constructor: { prototype: { polluted: true } },
      toString: 1,
      then: 2,
    }),
    expect: resolves({
      ...RECEIPT,
      constructor: { prototype: { polluted: true } },
      toString: 1,
      then: 2,
    }),
  },
  {
    name: 'undocumented fields',
    serve: json({ ...RECEIPT, gas: 1e400, nested: { list: [1, null, 'x'] } }),
    expect: resolves({ ...RECEIPT, gas: null, nested: { list: [1, null, 'x'] } }),
  },
  {
    name: 'own fields `verified` and `profile`',
    serve: json({ ...RECEIPT, verified: 'certainly', profile: 'made-up' }),
    expect: resolves(),
  },
]
