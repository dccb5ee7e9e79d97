import * as endpoint from './endpoint.js'
import * as gateway from './gateway.js'
import * as machine from './machine.js'

/**
 * What is checked.
 *
 * @typedef {{ endpoint: URL, gateway: URL, cid: string, origin: string }} Subject
 */

/**
 * What a check showed. A response that does not say whether something works is `unclear`.
 *
 * @typedef {{ state: 'ok' | 'fails' | 'unclear', found: string, advice?: string }} Result
 */

/**
 * The checks by name, in the order of the report, in groups. Where one throws, the rest of its group is not
 * tried.
 *
 * @type {Record<string, (subject: Subject, signal: AbortSignal) => Promise<Result>>[]}
 */
export const GROUPS = [
  { runtime: machine.runtime },
  { WebAssembly: machine.webAssembly },
  {
    'endpoint: proxy': ({ endpoint }) => machine.proxy(endpoint),
    'endpoint: DNS': endpoint.name,
    'endpoint: connection': endpoint.connection,
    'endpoint: CORS': endpoint.preflight,
    'endpoint: order without a token': endpoint.withoutToken,
    'endpoint: clock': endpoint.clock,
  },
  {
    'gateway: proxy': ({ gateway }) => machine.proxy(gateway),
    'gateway: content': gateway.content,
    'gateway: ranges': gateway.range,
    'gateway: raw blocks': gateway.block,
    'gateway: clock': gateway.clock,
  },
]
