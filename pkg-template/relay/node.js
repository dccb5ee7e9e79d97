import { Refusal } from './refusal.js'

/**
 * Adapts a relay to Node's servers; index.d.ts has the documentation.
 *
 * @param {import('./index.js').Relay} relay
 */
export const toNodeHandler = (relay) => async (incoming, outgoing) => {
  const left = new AbortController()
  outgoing.on('close', () => left.abort())
  const chunks = incoming.iterator({ destroyOnReturn: false })

  const response = await respond(relay, incoming, chunks, left.signal)
  const body = new Uint8Array(await response.arrayBuffer())
  if (!outgoing.headersSent && !outgoing.destroyed) {
    outgoing.writeHead(response.status, Object.fromEntries(response.headers))
    outgoing.end(body)
  }
  await drain(chunks)
}

async function respond(relay, incoming, chunks, signal) {
  let request
  try {
    request = toRequest(incoming, chunks, signal)
  } catch {
    return new Refusal(400, 'The request is not valid').toResponse()
  }
  return relay(request)
}

function toRequest({ method, headers: fields, url, originalUrl, socket }, chunks, signal) {
  const headers = new Headers()
  // HTTP/2 has pseudo-headers, such as `:authority` in place of `Host`.
  for (const [name, value] of Object.entries(fields))
    if (!name.startsWith(':')) headers.set(name, value)
  const host = fields[':authority'] ?? fields.host ?? 'localhost'
  headers.set('Host', host)

  const { origin } = new URL(`${socket.encrypted ? 'https' : 'http'}://${host}`)
  // Express changes `url` where it mounts a handler.
  const path = originalUrl ?? url
  const body = method === 'POST' ? ReadableStream.from(chunks) : undefined
  return new Request(path.startsWith('/') ? origin + path : path, {
    method,
    headers,
    body,
    duplex: 'half',
    signal,
  })
}

/** Reads what the client still sends: it may not read the response before all is sent. */
async function drain(chunks) {
  try {
    for await (const chunk of chunks) void chunk
  } catch {
    // The client has left.
  }
}
