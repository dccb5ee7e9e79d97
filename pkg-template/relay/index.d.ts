/**
 * A server-side forwarder for the pin API: it lets pages pin without a Capture Token. The relay runs on
 * your server, decides who may pin, and adds the token. relay/README.md has the set-up for each server.
 *
 * @packageDocumentation
 */

/**
 * The options of {@link createRelay}. Only own properties count. An unknown option is an error.
 *
 * @example
 * const options: RelayOptions = { token: readToken, authorize: isSignedIn, maxSize: 5_000_000 }
 */
export interface RelayOptions {
  /**
   * The Capture Token, or a function that returns it or a promise of it, called once per order. It is
   * sent to `endpoint` only, and redacted from responses; a token of fewer than 8 characters only if it
   * mixes letters with others. `undefined`, for example of a variable that is not set, is an error when
   * the relay is created.
   */
  token: string | (() => string | Promise<string>) | undefined
  /**
   * Decides whether a request may pin at your expense. Called for every order before anything is sent,
   * and not for preflight requests. Only `true` allows a request: any other value responds with 403, and
   * an error with 500 and without its message. It must not read the body. A page of another origin must
   * call `pin` with a `token`: use its session. The relay receives it as the header
   * `Authorization: token <session>` and does not forward it.
   *
   * Without this option the relay serves pages of `allowOrigin` and of loopback. That stops other pages,
   * but not programs, which can send any `Origin`.
   */
  authorize?: ((request: Request) => boolean | Promise<boolean>) | undefined
  /**
   * The origins whose pages may use the relay, such as `'https://example.org'`, or `'*'` for all, which
   * requires `authorize`. Without `authorize` the relay's own origin must be one of them, unless it is
   * loopback, such as `http://localhost:3000`: by DNS rebinding a page of any name can be of the relay's
   * own origin. With `authorize` pages of the relay's own origin are always allowed, provided that the
   * runtime or the proxy in front of it keeps the headers `Sec-Fetch-Site` and `Host`.
   *
   * @default []
   */
  allowOrigin?: string | readonly string[] | undefined
  /**
   * The maximum size of a file in bytes. The relay counts the whole body, and allows 65 536 more bytes
   * for the rest of the form. A larger request is aborted, and the response is 413. A file that is
   * pinned by its URL is not limited: see `urls`.
   *
   * @default 26_214_400, the documented 25 MB
   */
  maxSize?: number | undefined
  /**
   * Whether pages may pin a URL, which the endpoint downloads. The relay cannot limit the size of such a
   * file. With `false` the response to `pin(url)` is 403.
   *
   * @default true
   */
  urls?: boolean | undefined
  /**
   * The time limit for forwarding an order in milliseconds, with its upload and its response, up to
   * 2 147 483 647. `0` is no limit. When it is over, the order is aborted, and the response is 504.
   *
   * @default 300_000
   */
  timeout?: number | undefined
  /**
   * Where orders are sent, an absolute http(s) URL.
   *
   * @default 'https://eoqctv92ahgrcif.m.pipedream.net'
   */
  endpoint?: string | URL | undefined
  /**
   * Called in place of the global `fetch`, for example to use a proxy. Called with the URL, and options
   * with the token in their `headers`, a stream as `body`, `duplex: 'half'`, `redirect: 'error'` and a
   * `signal`.
   */
  fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined
}

/**
 * Forwards a request of `pin`, with any path, and resolves to the response of the endpoint: its status,
 * its body as JSON or plain text without the token, and `Retry-After`. Other headers are dropped. Never
 * rejects.
 *
 * The relay's own errors are JSON, `{ "error": "…" }`:
 *
 * | status | when |
 * | ------ | ---- |
 * | 400 | there is no body, it is not as long as its `Content-Length`, or a form has more than one file |
 * | 403 | the origin or the request is not allowed, or it pins a URL although `urls` is `false` |
 * | 405 | the method is neither POST nor OPTIONS |
 * | 413 | the body is too large |
 * | 415 | the type is neither multipart/form-data with a boundary nor application/json |
 * | 500 | `authorize` or `token` failed, or the body was already read |
 * | 502 | the endpoint cannot be reached, redirects, or its response is invalid or exceeds 1 MiB |
 * | 504 | the endpoint did not respond within `timeout` |
 *
 * The body is streamed and not buffered. The order is aborted when the request's `signal` aborts.
 *
 * @example
 * export default { fetch: relay }
 */
export type Relay = (request: Request) => Promise<Response>

/**
 * Creates a relay: a function from `Request` to `Response`, for Workers, Deno, Bun, Hono and the route
 * handlers of Next.js; {@link toNodeHandler} adapts it to Node. Throws a `PinError` with the code
 * `invalid-input` if an option is invalid.
 *
 * @example
 * const relay = createRelay({ token: () => readToken(), authorize: isSignedIn })
 */
export function createRelay(options: RelayOptions): Relay

/**
 * Adapts a relay to the servers of Node: `node:http`, `node:https`, `node:http2`, and Express, Fastify and
 * Koa, which use them. The order is aborted when the client disconnects. A response is sent even while the
 * client still uploads. A body parser must not run before it: the response would be 400.
 *
 * @example
 * createServer(toNodeHandler(relay)).listen(8080)
 */
export function toNodeHandler(relay: Relay): (incoming: object, outgoing: object) => Promise<void>
