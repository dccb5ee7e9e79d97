import { RECEIPT, answer, garbled, json, rejects, resolves } from './answers.js'

/** An order that was taken, with a receipt that is wrong in some field. */
const flawed = (field, value) => ({
  serve: json({ ...RECEIPT, [field]: value }),
  expect: rejects('bad-response', 'pinned', {
    status: 200,
    receipt: { ...RECEIPT, [field]: value },
  }),
})

/** An order that was taken, and of which it is certain that the CID is not that of the bytes. */
const mismatched = (cid) => ({
  serve: json({ ...RECEIPT, cid }),
  expect: rejects('mismatch', 'pinned', { status: 200, receipt: { ...RECEIPT, cid } }),
})

/** The CID of an empty file, from tests/vectors: one raw block as well. */
const OTHER = 'bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku'

/** The receipt as text, with this in front of its fields. */
const withFirst = (fields) => `{${fields},${JSON.stringify(RECEIPT).slice(1)}`

const { cid, ...WITHOUT_CID } = RECEIPT

/** Objects that are, or are nearly, receipts. */
export const RECEIPTS = [
  { name: 'a receipt', serve: json(RECEIPT), expect: resolves() },
  { name: 'a receipt with 201', serve: json(RECEIPT, 201), expect: resolves() },
  { name: 'only a CID', serve: json({ cid }), expect: resolves({ cid }) },
  { name: 'an empty object', serve: json({}), expect: garbled() },
  { name: 'no CID', serve: json(WITHOUT_CID), expect: garbled() },
  { name: 'a CID of null', serve: json({ ...RECEIPT, cid: null }), expect: garbled() },
  { name: 'a CID that is a number', serve: json({ ...RECEIPT, cid: 1 }), expect: garbled() },
  { name: 'a CID in an array', serve: json({ ...RECEIPT, cid: [cid] }), expect: garbled() },
  { name: 'an empty CID', serve: json({ ...RECEIPT, cid: '' }), expect: garbled() },

  { name: 'the CID of other bytes', ...mismatched(OTHER) },
  { name: 'a CID with a letter too many', ...mismatched(`${cid}a`) },
  { name: 'a CID with a letter too few', ...mismatched(cid.slice(0, -1)) },
  { name: 'a CID with a letter that is none', ...mismatched(cid.replace('j', '1')) },
  { name: 'a word for a CID', ...mismatched('pinned') },
  { name: 'an address for a CID', ...mismatched(`ipfs://${cid}`) },

  { name: 'a size as text', serve: json({ ...RECEIPT, fileSize: '11' }), expect: resolves() },
  { name: 'a version as text', serve: json({ ...RECEIPT, cid_version: '1' }), expect: resolves() },
  { name: 'half a byte', ...flawed('fileSize', 1.5) },
  { name: 'a size below nothing', ...flawed('fileSize', -1) },
  { name: 'a size in words', ...flawed('fileSize', 'eleven') },
  { name: 'a size beyond exact numbers', ...flawed('fileSize', 2 ** 53) },
  {
    name: 'a size too large for a double',
    serve: answer(200, JSON.stringify(RECEIPT).replace('"fileSize":11', '"fileSize":1e400')),
    expect: rejects('bad-response', 'pinned', {
      status: 200,
      receipt: { ...RECEIPT, fileSize: Infinity },
    }),
  },
  { name: 'a version in words', ...flawed('cid_version', 'one') },
  { name: 'an address that is a number', ...flawed('fileURL', 7) },
  { name: 'an order number that is a number', ...flawed('orderID', 7) },

  {
    // As JSON.parse has it: the last one counts.
    name: 'a key twice',
    serve: answer(200, withFirst('"orderID":"order-0"')),
    expect: resolves(),
  },
  {
    name: 'a prototype',
    serve: answer(200, withFirst('"__proto__":{"fileSize":1,"polluted":true}')),
    expect: resolves(),
  },
  {
    name: 'a CID in a prototype',
    serve: answer(200, `{"__proto__":${JSON.stringify(RECEIPT)}}`),
    expect: garbled(),
  },
  {
    name: 'keys of every object',
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
    name: 'fields that the API page does not have',
    serve: json({ ...RECEIPT, gas: 1e400, nested: { list: [1, null, 'x'] } }),
    expect: resolves({ ...RECEIPT, gas: null, nested: { list: [1, null, 'x'] } }),
  },
  {
    name: 'a proof of its own',
    serve: json({ ...RECEIPT, verified: 'certainly', profile: 'made-up' }),
    expect: resolves(),
  },
]
