/**
 * Adapts a relay to `node:http`. README.md has the same code.
 *
 * @param {(request: Request) => Promise<Response>} relay
 * @returns {import('node:http').RequestListener}
 */
export const listener = (relay) => async (incoming, outgoing) => {
  const { method, url, headers } = incoming
  const gone = new AbortController()
  outgoing.on('close', () => gone.abort())
  try {
    const request = new Request(new URL(url, 'http://localhost'), {
      method,
      headers,
      body: method === 'POST' ? ReadableStream.from(incoming) : undefined,
      duplex: 'half',
      signal: gone.signal,
    })
    const response = await relay(request)
    outgoing.writeHead(response.status, Object.fromEntries(response.headers))
    outgoing.end(Buffer.from(await response.arrayBuffer()))
  } catch {
    outgoing.writeHead(400).end()
  }
}
