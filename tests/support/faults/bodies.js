import { RECEIPT, answer, garbled, head, rejects, resolves, sayAndClose, whole } from './answers.js'

const TEXT = JSON.stringify(RECEIPT)
const PAGE = '<!doctype html>\n<title>Success!</title>\n<p><b>Success!</b></p>'

const CHUNKED = head('200 OK', 'Transfer-Encoding: chunked')

/** Newer ones read as browsers do. */
const IS_NODE_20 = process.versions.node.startsWith('20.')

const utf8 = (text) => new TextEncoder().encode(text)

const gzip = async (bytes) => {
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Uint8Array(await new Response(packed).arrayBuffer())
}

/** Answers with a text in gzip, or with what `spoil` makes of it. */
const packed =
  (text, spoil = (bytes) => bytes) =>
  async ({ read, response }) => {
    await read()
    response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(spoil(await gzip(text)))
  }

/** Answers with blanks for as long as somebody takes them. */
const endless =
  (status) =>
  async ({ read, response }) => {
    await read()
    response.writeHead(status)
    const more = () => {
      while (response.write(' '.repeat(65_536)));
    }
    response.on('drain', more)
    more()
  }

/** The result in a page with progress if no byte of the body can be read. */
const UNREADABLE = {
  code: 'network',
  status: undefined,
  why: 'XMLHttpRequest tells of an answer with the first byte of its body.',
}

/** The same of an answer that breaks off: its end may be there before its first byte is shown. */
export const UNREAD = {
  also: { code: 'network', outcome: 'unknown', status: undefined },
  why: UNREADABLE.why,
}

/** Answers of success whose body is not, or not plainly, the JSON of a receipt. */
export const BODIES = [
  { name: 'an empty body', serve: answer(200), expect: garbled() },
  { name: '204', serve: answer(204), expect: garbled(204) },
  { name: '202 and an empty object', serve: answer(202, '{}'), expect: garbled(202) },
  {
    name: 'an HTML page',
    serve: answer(200, PAGE, { 'Content-Type': 'text/html' }),
    expect: garbled(),
  },
  { name: 'a word', serve: answer(200, 'ok'), expect: garbled() },
  { name: 'an array', serve: answer(200, `[${TEXT}]`), expect: garbled() },
  { name: 'a string', serve: answer(200, JSON.stringify(RECEIPT.cid)), expect: garbled() },
  { name: 'null', serve: answer(200, 'null'), expect: garbled() },
  { name: 'a number', serve: answer(200, '42'), expect: garbled() },
  { name: 'a receipt and something after it', serve: answer(200, `${TEXT}x`), expect: garbled() },
  { name: 'two receipts', serve: answer(200, `${TEXT}\n${TEXT}`), expect: garbled() },
  { name: 'NaN', serve: answer(200, TEXT.replace('11', 'NaN')), expect: garbled() },
  {
    name: 'a deep nest',
    serve: answer(200, '['.repeat(100_000) + ']'.repeat(100_000)),
    expect: garbled(),
  },

  {
    name: 'a body shorter than its length',
    serve: sayAndClose(head('200 OK', `Content-Length: ${TEXT.length}`) + TEXT.slice(0, 20)),
    expect: garbled(),
    'chromium with progress': UNREAD,
  },
  {
    // What is missing may be blanks, but an answer that broke off is not believed.
    name: 'a receipt shorter than its length',
    serve: sayAndClose(head('200 OK', `Content-Length: ${TEXT.length + 9}`) + TEXT),
    expect: garbled(),
    'chromium with progress': UNREAD,
  },
  {
    name: 'a body longer than its length',
    serve: sayAndClose(head('200 OK', 'Content-Length: 20') + TEXT),
    expect: garbled(),
  },
  {
    name: 'bytes after the end of the answer',
    serve: sayAndClose(`${whole()}HTTP/1.1 500 Oh\r\n\r\nno`),
    expect: resolves(),
  },
  {
    name: 'a body without a length, cut',
    serve: sayAndClose(head('200 OK') + TEXT.slice(0, 20)),
    expect: garbled(),
  },
  {
    name: 'a body without a length',
    serve: sayAndClose(head('200 OK') + TEXT),
    expect: resolves(),
  },
  {
    name: 'a chunked body that breaks off',
    serve: sayAndClose(`${CHUNKED}${TEXT.length.toString(16)}\r\n${TEXT.slice(0, 20)}`),
    expect: garbled(),
    'chromium with progress': UNREAD,
  },
  {
    name: 'a chunked body without its last chunk',
    serve: sayAndClose(`${CHUNKED}${TEXT.length.toString(16)}\r\n${TEXT}\r\n`),
    expect: garbled(),
    node: IS_NODE_20 && {
      ...resolves(),
      why: 'Where the connection was to be closed, Node 20 takes its end for the end of the body.',
    },
    'chromium with progress': UNREAD,
  },
  {
    name: 'a chunk whose length is not a number',
    serve: sayAndClose(`${CHUNKED}xyz\r\n${TEXT}\r\n0\r\n\r\n`),
    expect: garbled(),
    'chromium with progress': UNREADABLE,
  },
  { name: 'a body without end', serve: endless(200), expect: garbled() },
  {
    name: 'a refusal without end',
    serve: endless(401),
    expect: rejects('unauthorized', 'refused', { status: 401 }),
  },
  {
    name: 'a refusal shorter than its length',
    serve: sayAndClose(`${head('403 Forbidden', 'Content-Length: 100')}no`),
    expect: rejects('forbidden', 'refused', { status: 403 }),
    'chromium with progress': UNREAD,
  },

  { name: 'gzip', serve: packed(TEXT), expect: resolves() },
  {
    name: 'gzip that is none',
    serve: answer(200, TEXT, { 'Content-Encoding': 'gzip' }),
    expect: garbled(),
    'chromium with progress': UNREADABLE,
  },
  {
    name: 'gzip that breaks off',
    serve: packed(TEXT, (bytes) => bytes.subarray(0, 40)),
    expect: garbled(),
    'chromium with progress': UNREAD,
  },
  {
    name: 'gzip of many megabytes',
    serve: packed(' '.repeat(33_554_432)),
    expect: garbled(),
  },
  {
    name: 'an encoding that nobody knows',
    serve: answer(200, TEXT, { 'Content-Encoding': 'x-none' }),
    expect: resolves(),
  },

  { name: 'a byte order mark', serve: answer(200, `\uFEFF${TEXT}`), expect: resolves() },
  {
    name: 'UTF-8 under a wrong charset',
    serve: answer(200, JSON.stringify({ ...RECEIPT, note: '照片' }), {
      'Content-Type': 'application/json; charset=iso-8859-1',
    }),
    expect: resolves({ ...RECEIPT, note: '照片' }),
  },
  {
    name: 'UTF-16',
    serve: answer(200, Uint8Array.from(TEXT.split('').flatMap((c) => [c.charCodeAt(0), 0])), {
      'Content-Type': 'application/json; charset=utf-16le',
    }),
    expect: garbled(),
  },
  {
    // The text is damaged, the CID is not.
    name: 'UTF-8 that is broken in a note',
    serve: answer(
      200,
      utf8(JSON.stringify({ ...RECEIPT, note: '?' })).map((byte) => (byte === 0x3f ? 0xff : byte)),
    ),
    expect: resolves({ ...RECEIPT, note: '\uFFFD' }),
  },
  {
    name: 'bytes that are not text',
    serve: answer(200, Uint8Array.of(0xff, 0xfe, 0x00, 0x80, 0xc0)),
    expect: garbled(),
  },
  {
    name: 'a receipt of type text/html',
    serve: answer(200, TEXT, { 'Content-Type': 'text/html' }),
    expect: resolves(),
  },
]
