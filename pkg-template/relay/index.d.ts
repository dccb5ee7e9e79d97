/**
 * Lets pages without a Capture Token use the pin API. The relay runs on your server, decides who may
 * pin, and adds the token.
 *
 * @packageDocumentation
 */

/**
 * The options of {@link createRelay}. An unknown option is an error.
 *
 * @example
 * const options: RelayOptions = { token: readToken, authorize: isSignedIn, maxSize: 5_000_000 }
 */
export interface RelayOptions {
  /**
   * The Capture Token, or a function that returns it or a promise of it, called once per order. It is
   * sent to `endpoint` only, and redacted from responses. `undefined`, for example of a variable that is
   * not set, is an error when the relay is created.
   */
  token: string | (() => string | Promise<string>) | undefined
  /**
   * Decides whether a request may pin at your expense. Called for every order before anything is sent,
   * and not for preflight requests. Only `true` allows a request: any other value responds with 403, and
   * an error with 500 and without its message. It must not read the body. A page of another origin must
   * call `pin` with a `token`: use its session. The relay receives it as the header
   * `Authorization: token <session>` and does not forward it.
   *
   * Without this option the relay serves the pages of its own origin and of `allowOrigin`. That stops
   * other pages, but not programs, which can send any `Origin`.
   */
  authorize?: ((request: Request) => boolean | Promise<boolean>) | undefined
  /**
   * The other origins whose pages may use the relay, such as `'https://example.org'`, or `'*'` for all,
   * which requires `authorize`. Pages of the relay's own origin are always allowed, provided that the
   * runtime or the proxy in front of it keeps the headers `Sec-Fetch-Site` and `Host`.
   */
  allowOrigin?: string | readonly string[] | undefined
  /**
   * The maximum size of a file in bytes. The relay counts the whole body, and allows 65 536 more bytes
   * for the rest of the form. A larger request is aborted, and the response is 413.
   *
   * @default 26_214_400, the documented 25 MB
   */
  maxSize?: number | undefined
  /**
   * Where orders are sent, an absolute http(s) URL.
   *
   * @default 'https://eoqctv92ahgrcif.m.pipedream.net'
   */
  endpoint?: string | URL | undefined
}

/**
 * Forwards a request of `pin`, with any path, and resolves to the response of the endpoint: its status,
 * body, `Content-Type` and `Retry-After`. Other headers are dropped. Never rejects.
 *
 * The relay's own errors are JSON, `{ "error": "…" }`:
 *
 * | status | when |
 * | ------ | ---- |
 * | 400 | there is no body |
 * | 403 | the origin or the request is not allowed |
 * | 405 | the method is not POST |
 * | 413 | the body is too large |
 * | 415 | the type is neither multipart/form-data nor application/json |
 * | 500 | `authorize` or `token` failed, or the body was already read |
 * | 502 | the endpoint cannot be reached, redirects, or its response is invalid or exceeds 1 MiB |
 *
 * The body is streamed and not buffered. The order is aborted when the request's `signal` aborts.
 *
 * @example
 * export default { fetch: relay }
 */
export type Relay = (request: Request) => Promise<Response>

/**
 * Creates a relay: a function from `Request` to `Response`, for Workers, Deno, Bun, Hono and the route
 * handlers of Next.js. Throws a `PinError` with the code `invalid-input` if an option is invalid.
 *
 * @example
 * const relay = createRelay({ token: () => readToken(), authorize: isSignedIn })
 */
export function createRelay(options: RelayOptions): Relay
