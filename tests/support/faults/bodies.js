import { RECEIPT, answer, garbled, head, rejects, resolves, sayAndClose, whole } from './answers.js'

const TEXT = JSON.stringify(RECEIPT)
const PAGE = '<!doctype html>\n<title>Success!</title>\n<p><b>Success!</b></p>'

const CHUNKED = head('200 OK', 'Transfer-Encoding: chunked')

/** Newer releases read an incomplete body as browsers do. */
const IS_NODE_20 = process.versions.node.startsWith('20.')

const utf8 = (text) => new TextEncoder().encode(text)

const gzip = async (bytes) => {
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Uint8Array(await new Response(packed).arrayBuffer())
}

/** Responds with a gzipped text, changed by `spoil`. */
const packed =
  (text, spoil = (bytes) => bytes) =>
  async ({ read, response }) => {
    await read()
    response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(spoil(await gzip(text)))
  }

/** Responds with an endless body of spaces. */
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
  why: 'XMLHttpRequest exposes a response only with the first byte of its body.',
}

/** The same for an interrupted response: it may end before its first byte is exposed. */
export const UNREAD = {
  also: { code: 'network', outcome: 'unknown', status: undefined },
  why: UNREADABLE.why,
}

/** Successful responses whose body is not the JSON of a receipt, or is encoded unusually. */
export const BODIES = [
  { name: 'an empty body', serve: answer(200), expect: garbled() },
  { name: '204', serve: answer(204), expect: garbled(204) },
  { name: '202 and an empty object', serve: answer(202, '{}'), expect: garbled(202) },
  {
    name: 'an HTML page',
    serve: answer(200, PAGE, { 'Content-Type': 'text/html' }),
    expect: garbled(),
  },
  { name: 'the text "ok"', serve: answer(200, 'ok'), expect: garbled() },
  { name: 'an array', serve: answer(200, `[${TEXT}]`), expect: garbled() },
  { name: 'a string', serve: answer(200, JSON.stringify(RECEIPT.cid)), expect: garbled() },
  { name: 'null', serve: answer(200, 'null'), expect: garbled() },
  { name: 'a number', serve: answer(200, '42'), expect: garbled() },
  { name: 'a receipt with trailing text', serve: answer(200, `${TEXT}x`), expect: garbled() },
  { name: 'two receipts', serve: answer(200, `${TEXT}\n${TEXT}`), expect: garbled() },
  { name: 'fileSize NaN', serve: answer(200, TEXT.replace('11', 'NaN')), expect: garbled() },
  {
    name: 'deeply nested arrays',
    serve: answer(200, '['.repeat(100_000) + ']'.repeat(100_000)),
    expect: garbled(),
  },

  {
    name: 'a body shorter than its Content-Length',
    serve: sayAndClose(head('200 OK', `Content-Length: ${TEXT.length}`) + TEXT.slice(0, 20)),
    expect: garbled(),
    'chromium with progress': UNREAD,
  },
  {
    // The missing bytes may be spaces, but an interrupted response is not trusted.
    name: 'a complete receipt shorter than its Content-Length',
    serve: sayAndClose(head('200 OK', `Content-Length: ${TEXT.length + 9}`) + TEXT),
    expect: garbled(),
    'chromium with progress': UNREAD,
  },
  {
    name: 'a body longer than its Content-Length',
    serve: sayAndClose(head('200 OK', 'Content-Length: 20') + TEXT),
    expect: garbled(),
  },
  {
    name: 'bytes after the end of the response',
    serve: sayAndClose(`${whole()}HTTP/1.1 500 Oh\r\n\r\nno`),
    expect: resolves(),
  },
  {
    name: 'an incomplete body without Content-Length',
    serve: sayAndClose(head('200 OK') + TEXT.slice(0, 20)),
    expect: garbled(),
  },
  {
    name: 'a body without Content-Length',
    serve: sayAndClose(head('200 OK') + TEXT),
    expect: resolves(),
  },
  {
    name: 'an interrupted chunked body',
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
      why: 'With `Connection: close`, Node 20 treats the end of the connection as that of the body.',
    },
    'chromium with progress': UNREAD,
  },
  {
    name: 'a chunk whose length is not a number',
    serve: sayAndClose(`${CHUNKED}xyz\r\n${TEXT}\r\n0\r\n\r\n`),
    expect: garbled(),
    'chromium with progress': UNREADABLE,
  },
  { name: 'an endless body', serve: endless(200), expect: garbled() },
  {
    name: '401 with an endless body',
    serve: endless(401),
    expect: rejects('unauthorized', 'refused', { status: 401 }),
  },
  {
    name: '403 shorter than its Content-Length',
    serve: sayAndClose(`${head('403 Forbidden', 'Content-Length: 100')}no`),
    expect: rejects('forbidden', 'refused', { status: 403 }),
    'chromium with progress': UNREAD,
  },

  { name: 'gzip', serve: packed(TEXT), expect: resolves() },
  {
    name: 'invalid gzip',
    serve: answer(200, TEXT, { 'Content-Encoding': 'gzip' }),
    expect: garbled(),
    'chromium with progress': UNREADABLE,
  },
  {
    name: 'truncated gzip',
    serve: packed(TEXT, (bytes) => bytes.subarray(0, 40)),
    expect: garbled(),
    'chromium with progress': UNREAD,
  },
  {
    name: 'gzip of 32 MiB of spaces',
    serve: packed(' '.repeat(33_554_432)),
    expect: garbled(),
  },
  {
    name: 'an unknown Content-Encoding',
    serve: answer(200, TEXT, { 'Content-Encoding': 'x-none' }),
    expect: resolves(),
  },

  { name: 'a byte order mark', serve: answer(200, `\uFEFF${TEXT}`), expect: resolves() },
  {
    name: 'UTF-8 with a wrong charset',
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
    name: 'invalid UTF-8 in a field',
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
