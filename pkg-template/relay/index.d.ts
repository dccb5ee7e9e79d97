/**
 * The pin API for pages that have no Capture Token: the relay runs on your server, knows your
 * users, and adds the token.
 *
 * @packageDocumentation
 */

/**
 * The options of {@link createRelay}. An option that is not listed here is refused by its name.
 *
 * @example
 * const options: RelayOptions = { token: readToken, authorize: isSignedIn, maxSize: 5_000_000 }
 */
export interface RelayOptions {
  /**
   * The Capture Token, or a function that gives it or a promise of it, asked once an order. It goes
   * to `endpoint` and nowhere else; where an answer repeats it, it is struck out. `undefined`, as of a
   * variable that is not set, is refused when the relay is made.
   */
  token: string | (() => string | Promise<string>) | undefined
  /**
   * Says whether this request may pin at your expense. It is asked before anything is sent, for
   * every order and for no preflight. Only `true` lets a request through: anything else is 403, and
   * what it throws is 500, in an answer that does not repeat it. It must leave the body unread. A
   * page of another origin has to give `pin` a `token`: let that be its session. It is here as the
   * header `Authorization: token <session>`, and it goes no further.
   *
   * Without it the relay serves the pages of its own origin and of `allowOrigin`. That keeps other
   * pages out, not programs: these can say that they are such a page.
   */
  authorize?: ((request: Request) => boolean | Promise<boolean>) | undefined
  /**
   * The pages of other origins that may ask, such as `'https://example.org'`; `'*'` for all, which
   * needs `authorize`. Pages of the relay's own origin always may, where the host or the proxy before
   * it leaves `Sec-Fetch-Site` or `Host` as the browser sent it.
   */
  allowOrigin?: string | readonly string[] | undefined
  /**
   * The most bytes that a file may have. The relay counts the whole form, and adds 65 536 bytes for
   * what a form has besides its file. More is 413, and the order is cut.
   *
   * @default 26_214_400, the documented 25 MB
   */
  maxSize?: number | undefined
  /**
   * Where the orders go, an absolute http(s) URL.
   *
   * @default 'https://eoqctv92ahgrcif.m.pipedream.net'
   */
  endpoint?: string | URL | undefined
}

/**
 * Takes an order as `pin` sends it, whatever its path, and resolves to the service's answer: its
 * status, body, `Content-Type` and `Retry-After`, and nothing else of it. Never rejects.
 *
 * What the relay itself refuses is JSON, `{ "error": "…" }`: 403 for who may not ask, 405 for other
 * methods than POST, 415 for what is neither multipart/form-data nor application/json, 400 for no
 * body, 413 for too many bytes, 500 where `authorize` or `token` fails or the body was read before,
 * and 502 where no good answer came from the
 * endpoint, a redirect or more than 1 MiB included.
 *
 * The body goes on as it comes and is never held. The order ends when the request's `signal` fires.
 *
 * @example
 * export default { fetch: relay }
 */
export type Relay = (request: Request) => Promise<Response>

/**
 * Makes a relay: a function from `Request` to `Response`, as Workers, Deno, Bun, Hono and the route
 * handlers of Next.js take it. Throws a `PinError` of the code `invalid-input` for an option that is
 * not what it must be.
 *
 * @example
 * const relay = createRelay({ token: () => readToken(), authorize: isSignedIn })
 */
export function createRelay(options: RelayOptions): Relay
