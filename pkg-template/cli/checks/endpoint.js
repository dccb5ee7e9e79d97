import { lookup } from 'node:dns/promises'
import { connect } from '../connect.js'
import { proxyFor } from '../proxy.js'
import { compareClock } from './clock.js'

/** How many characters of a body are shown. */
const MAX_SHOWN = 120

/** What an order of a page needs to send. */
const HEADERS = 'authorization,content-type'

export async function name({ endpoint }) {
  const { hostname } = endpoint
  if (proxyFor(endpoint)) return { state: 'ok', found: `${hostname} is looked up by the proxy` }
  const addresses = await lookup(hostname.replace(/^\[|\]$/g, ''), { all: true })
  const families = new Set(addresses.map(({ family }) => `IPv${family}`))
  const { length } = addresses
  const count = `${length} ${length === 1 ? 'address' : 'addresses'}`
  return { state: 'ok', found: `${hostname} has ${count} (${[...families].join(', ')})` }
}

export async function connection({ endpoint }, signal) {
  const { socket } = await connect(endpoint, signal)
  const { host } = endpoint
  const tls = socket.getProtocol?.()
  socket.destroy()
  return tls
    ? { state: 'ok', found: `${host} by ${tls}` }
    : {
        state: 'unclear',
        found: `${host} without TLS`,
        advice: 'The token would be sent unencrypted: use https',
      }
}

/** Asks as a browser does before an order of a page of another origin. */
export async function preflight({ endpoint, origin }, signal) {
  const response = await fetch(endpoint, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': HEADERS,
    },
    redirect: 'manual',
    signal,
  })
  await response.body?.cancel()
  const header = (name) => response.headers.get(`access-control-allow-${name}`) ?? ''
  const allowed = header('headers')
    .toLowerCase()
    .split(/\s*,\s*/)
  // `*` is no wildcard for Authorization.
  const isAllowed =
    response.ok &&
    ['*', origin].includes(header('origin')) &&
    allowed.includes('authorization') &&
    (allowed.includes('content-type') || allowed.includes('*'))
  const found =
    `status ${response.status}, allow-origin ${header('origin') || '(none)'}, ` +
    `allow-headers ${header('headers') || '(none)'}`
  return isAllowed
    ? { state: 'ok', found: `${found}: a page of ${origin} can order` }
    : {
        state: 'fails',
        found: `${found}: a page of ${origin} cannot order`,
        advice: 'Use numbers-pin/relay on your server, which a page should do anyway',
      }
}

/** Sends an order without a token and without a file, which cannot be charged. */
export async function withoutToken({ endpoint }, signal) {
  const response = await post(endpoint, signal)
  const { status } = response
  const body = (await response.text()).trim().slice(0, MAX_SHOWN)
  const found = `status ${status}${body ? `, "${body}"` : ', without a body'}`
  if (status === 401 || status === 403 || status === 400)
    return { state: 'ok', found: `refused, ${found}` }
  const advice =
    status === 404
      ? 'There is no pin service at this address: check --endpoint'
      : 'The API page says 401: this may be another service, or a proxy that answers itself'
  return { state: status === 404 ? 'fails' : 'unclear', found, advice }
}

export async function clock({ endpoint }, signal) {
  const response = await post(endpoint, signal)
  await response.body?.cancel()
  return compareClock(response)
}

const post = (endpoint, signal) =>
  fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
    redirect: 'manual',
    signal,
  })
