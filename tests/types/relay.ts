// Uses the relay as a server would; `cargo xtask check` compiles it under strict, with
// `exactOptionalPropertyTypes`.
import { createRelay, toNodeHandler, type Relay, type RelayOptions } from 'numbers-pin/relay'

const authorize = async ({ headers }: Request): Promise<boolean> => headers.has('Authorization')

const options: RelayOptions = {
  token: async () => 'token',
  authorize,
  allowOrigin: ['https://example.org'],
  maxSize: 1,
  urls: false,
  timeout: 1,
  fetch: (url, init) => fetch(url, init),
  endpoint: new URL('https://example.org/pin'),
}
const relay: Relay = createRelay(options)
const response: Promise<Response> = relay(new Request('https://example.org/'))
void [response, createRelay({ token: 'token', allowOrigin: '*', authorize: () => true })]

/** What a server of Node calls with two objects, and Express with a third. */
const handler: (incoming: object, outgoing: object, next: () => void) => void = toNodeHandler(relay)
void handler

/** What a server has that looks up each option where it may not be. */
type Unsure<T> = { [name in keyof T]-?: T[name] | undefined }
export const relayOf = (
  token: string | undefined,
  options: Unsure<Omit<RelayOptions, 'token'>>,
): Relay => createRelay({ ...options, token })

// @ts-expect-error a relay has a token
createRelay({ authorize })
// @ts-expect-error a relay, not its options
toNodeHandler(options)
// @ts-expect-error a misspelt option
createRelay({ token: 'token', allowOrigins: '*' })
