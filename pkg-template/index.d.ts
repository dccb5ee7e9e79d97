/**
 * Pin files on IPFS through the Numbers Protocol API.
 *
 * Nothing has to be initialised: the first call loads the WebAssembly automatically. Every function
 * rejects with a {@link PinError}, and with nothing else. An unknown option is an error.
 *
 * @packageDocumentation
 */

/**
 * Bytes: a `File` or `Blob`, an `ArrayBuffer`, a typed array, `DataView` or Node `Buffer`, a
 * `ReadableStream` of bytes, or a `Response` that was not read. A stream and a `Response` are read once,
 * to their end. A `File` or `Blob` of more than 64 KiB is not copied into memory, except in Bun.
 *
 * @example
 * const source: ByteSource = new TextEncoder().encode('hello')
 */
export type ByteSource = BlobLike | ArrayBufferLike | ArrayBufferView | StreamLike | ResponseLike

/**
 * The part of a `Blob` that is used: of the runtime, of `node:buffer`, or of a polyfill.
 *
 * @example
 * const source: BlobLike = await openAsBlob('photo.jpg')
 */
export interface BlobLike {
  /** The size in bytes. */
  readonly size: number
  /** The media type. */
  readonly type: string
  /** Returns the bytes. */
  arrayBuffer(): Promise<ArrayBuffer>
  /** Returns a part. */
  slice(start?: number, end?: number, type?: string): BlobLike
}

/**
 * The part of a `ReadableStream` of bytes that is used: of the runtime, or of `node:stream/web`.
 *
 * @example
 * const source: StreamLike = Readable.toWeb(createReadStream('photo.jpg'))
 */
export interface StreamLike {
  /** Whether it has a reader. */
  readonly locked: boolean
  /** Returns a reader of its chunks. */
  getReader(): unknown
}

/**
 * The part of a `Response` that is used.
 *
 * @example
 * const source: ResponseLike = await fetch('https://example.org/photo.jpg')
 */
export interface ResponseLike {
  /** The HTTP status. */
  readonly status: number
  /** Whether the status is a success. */
  readonly ok: boolean
  /** Whether the body was read. */
  readonly bodyUsed: boolean
  /** The body. */
  readonly body: StreamLike | null
}

/** A type of the runtime, where the libraries of the project declare it. */
type Global<Name extends string, Otherwise> =
  typeof globalThis extends Record<Name, { prototype: infer Type }> ? Type : Otherwise
type Blob = Global<'Blob', BlobLike>
type URL = Global<'URL', { readonly href: string; readonly searchParams: object }>
type AbortSignal = Global<'AbortSignal', { readonly aborted: boolean; addEventListener: unknown }>
type Fetch = typeof globalThis extends { fetch: infer Type }
  ? Type
  : (url: string, options: object) => Promise<object>

/**
 * What {@link pin} accepts: bytes, or an absolute http(s) URL that the API downloads. Any other string is
 * an error and is never pinned as text.
 *
 * @example
 * const source: PinSource = 'https://example.org/photo.jpg'
 */
export type PinSource = ByteSource | URL | string

/**
 * The options of {@link pin}.
 *
 * @example
 * const options: PinOptions = { token: () => readToken(), version: 0, timeout: 60_000 }
 */
export interface PinOptions {
  /**
   * The Capture Token, or a function that returns it or a promise of it. The function is called once per
   * order. The token is sent to `endpoint` only. Required, unless `endpoint` has the origin of the page.
   */
  token?: string | (() => string | Promise<string>) | undefined
  /**
   * Where the order is sent: an absolute http(s) URL or, in a page, a path of its own origin such as
   * `'/api/pin'`.
   *
   * @default 'https://eoqctv92ahgrcif.m.pipedream.net'
   */
  endpoint?: string | URL | undefined
  /**
   * Whether to pin the file. `false` asks the API for the CID only.
   *
   * @default true
   */
  pin?: boolean | undefined
  /**
   * The CID version.
   *
   * @default 1, or that of `expect`
   */
  version?: 0 | 1 | undefined
  /**
   * The CID that the order must return, for example the CID that the file has at another service. It is
   * compared with the bytes before anything is sent: if they have another CID, nothing is sent, and the call
   * rejects with `mismatch` and the computed `cid`. For bytes, not for a URL. It must be the CID of a file,
   * with a SHA-256 hash.
   */
  expect?: string | undefined
  /**
   * The filename to send, 1 to 1024 characters. Ignored for a URL.
   *
   * @default the `name` of a `File`, otherwise `'file'`
   */
  filename?: string | undefined
  /**
   * The maximum size in bytes. A larger source rejects with `too-large`, and nothing is sent.
   *
   * @default 26_214_400, the documented 25 MB
   */
  maxSize?: number | undefined
  /**
   * How strictly the CID of the receipt is compared with the bytes. `true` rejects a CID that is certainly
   * wrong. `'require'` rejects every CID that is not verified, and does not accept a URL. `false` compares
   * with `expect` only.
   *
   * @default true
   */
  verify?: boolean | 'require' | undefined
  /** Cancels the call. If the order was already sent, `outcome` says whether you may have been charged. */
  signal?: AbortSignal | undefined
  /**
   * The time limit for the whole call in milliseconds, including retries and the time of the API. At most
   * 2_147_483_647; 0 is no limit. If it ends between the start of the upload and the response, the outcome is
   * `unknown`. In Node, `fetch` has a limit of its own: after 300 s without a byte of the response, the call rejects
   * with `network` or `bad-response` and the outcome `unknown`. To wait longer, pass a `fetch` of your own, such as
   * that of undici with an `Agent` whose `headersTimeout` and `bodyTimeout` are longer. The command line needs none.
   *
   * @default 300_000
   */
  timeout?: number | undefined
  /**
   * The maximum number of retries, 0 to 1000. A call is retried after a 429 and after a connection that
   * failed before the request was sent (browsers do not report that). A request that may have been processed is never retried. The wait
   * is that of `Retry-After`, or 0.25 to 0.5 seconds, doubled each time. If it is longer than five minutes
   * or than the remaining time, the call is not retried.
   *
   * @default 2
   */
  retries?: number | undefined
  /**
   * Called instead of the global `fetch`: for proxies, tests and instrumentation. It has to send a request once: not
   * to repeat it, and not to follow redirects of an order. In a page, progress is then reported at the start and the
   * end of the upload only.
   */
  fetch?: Fetch | undefined
  /** Called with the progress of the upload. Errors that it throws are ignored. */
  onProgress?: ((progress: Progress) => void) | undefined
}

/**
 * A source of {@link pinAll} with a filename or an expected CID of its own.
 *
 * @example
 * const named: NamedSource = { source: await openAsBlob('a/1.jpg'), filename: 'a/1.jpg' }
 */
export interface NamedSource {
  /** The bytes or URL to pin. */
  source: PinSource
  /** The filename to send, before that of the options and of the source. */
  filename?: string | undefined
  /** The CID that the order must return, as in {@link PinOptions}. */
  expect?: string | undefined
}

/**
 * The options of {@link pinAll}: those of {@link pin}, which apply to each source (also `timeout` and
 * `retries`), and those of the batch.
 *
 * @example
 * const options: PinAllOptions = { token, concurrency: 8, onResult: (result, i) => log(i, result) }
 */
export interface PinAllOptions extends Omit<PinOptions, 'onProgress' | 'expect'> {
  /**
   * The maximum number of orders at a time, 1 to 1000. At most as many sources are in memory.
   *
   * @default 4
   */
  concurrency?: number | undefined
  /**
   * Whether sources with the same bytes or the same URL are ordered once and share the result.
   *
   * @default true
   */
  dedupe?: boolean | undefined
  /** Called with the progress of the batch. Errors that it throws are ignored. */
  onProgress?: ((progress: BatchProgress) => void) | undefined
  /**
   * Called with each result as soon as it is known, and the index of its source. Errors that it throws are
   * ignored.
   */
  onResult?: ((result: PinResult, index: number) => void) | undefined
}

/**
 * The result of one source of a batch, in the shape of `Promise.allSettled`.
 *
 * @example
 * for (const { status, value, reason } of await pinAll(files, { token }))
 *   console.log(status === 'fulfilled' ? value.cid : reason.outcome)
 */
export type PinResult = PinSuccess | PinFailure

/**
 * The result of a source that was pinned.
 *
 * @example
 * const result: PinSuccess = { status: 'fulfilled', value: receipt }
 */
export interface PinSuccess {
  /** Always `'fulfilled'`. */
  status: 'fulfilled'
  /** The receipt. */
  value: Receipt
  /** Not present. */
  reason?: undefined
}

/**
 * The result of a source that failed.
 *
 * @example
 * const result: PinFailure = { status: 'rejected', reason: error }
 */
export interface PinFailure {
  /** Always `'rejected'`. */
  status: 'rejected'
  /** The error. */
  reason: PinError
  /** Not present. */
  value?: undefined
}

/**
 * The progress of a batch.
 *
 * @example
 * onProgress: ({ done, failed, total }) => (title = `${done + failed} of ${total ?? 'many'}`)
 */
export interface BatchProgress {
  /** The number of sources that have a receipt. */
  done: number
  /** The number of sources that failed. */
  failed: number
  /** The number of sources; `null` if it is not known, as for a generator. */
  total: number | null
  /** The bytes that were sent or did not have to be sent. Never decreases. */
  loaded: number
  /** The bytes of all sources; `null` if it is not known, as for streams, URLs, and files in Bun. */
  totalBytes: number | null
}

/**
 * The parameters that turn a file into a CID, named as in IPIP-0499 or by their kubo options. `links` is
 * the maximum number of children of a node.
 *
 * | name | CID version | chunk size | leaves | links |
 * |---|---|---|---|---|
 * | `unixfs-v0-2015` | 0 | 256 KiB | dag-pb | 174 |
 * | `kubo-cid-v0-raw-leaves` | 0 | 256 KiB | raw | 174 |
 * | `kubo-cid-v1` | 1 | 256 KiB | raw | 174 |
 * | `unixfs-v1-2025` | 1 | 1 MiB | raw | 1024 |
 * | `kubo-test-cid-v1` | 1 | 1 MiB | raw | 174 |
 * | `unixfs-v0-2015-as-v1` | 1, of a tree of version 0 | 256 KiB | dag-pb | 174 |
 * | `kubo-cid-v1-dag-pb-leaves` | 1 | 256 KiB | dag-pb | 174 |
 *
 * @example
 * const profile: Profile = 'unixfs-v1-2025'
 */
export type Profile =
  | 'unixfs-v0-2015'
  | 'kubo-cid-v0-raw-leaves'
  | 'kubo-cid-v1'
  | 'unixfs-v1-2025'
  | 'kubo-test-cid-v1'
  | 'unixfs-v0-2015-as-v1'
  | 'kubo-cid-v1-dag-pb-leaves'

/**
 * The progress of a call, in bytes of the file.
 *
 * @example
 * onProgress: ({ loaded, total }) => (bar.value = total ? loaded / total : 0)
 */
export interface Progress {
  /**
   * The phase of the call. `pin`: `'upload'`, then `'processing'` once everything is sent.
   * `cidOf` and `verify`: `'hashing'`. `download`: `'download'`. `'done'` is reported once, when the call has
   * succeeded.
   */
  phase: 'upload' | 'processing' | 'hashing' | 'download' | 'done'
  /** The bytes that are done; of an upload, those that were passed to the network. Never decreases. */
  loaded: number
  /** The size of the file; `null` if it is not known. */
  total: number | null
}

/**
 * The options of {@link cidOf}.
 *
 * @example
 * const cid = await cidOf(file, { version: 0 })
 */
export interface CidOptions {
  /**
   * The CID version. Without `profile` it selects the profile that the API is believed to use:
   * `kubo-cid-v1` for 1, `unixfs-v0-2015` for 0.
   *
   * @default 1
   */
  version?: 0 | 1 | undefined
  /** The exact parameters. If `version` is set too, it must be that of the profile. */
  profile?: Profile | undefined
  /** Cancels the call. */
  signal?: AbortSignal | undefined
  /** Called with the progress of the call. Errors that it throws are ignored. */
  onProgress?: ((progress: Progress) => void) | undefined
}

/**
 * The options of {@link verify}.
 *
 * @example
 * await verify(file, cid, { signal: AbortSignal.timeout(10_000) })
 */
export interface VerifyOptions {
  /** Cancels the call. */
  signal?: AbortSignal | undefined
  /** Called with the progress of the call. Errors that it throws are ignored. */
  onProgress?: ((progress: Progress) => void) | undefined
}

/**
 * The result of {@link verify}.
 *
 * @example
 * const { verified, profile }: Verification = await verify(file, receipt.cid)
 */
export interface Verification {
  /**
   * Whether the bytes have this CID. `true` is certain. `false` is certain for a CID of a raw block by SHA-256,
   * and for one that contains the content itself (`ipfs add --inline`). For the root of a tree, `false` means
   * that no known profile gives it. For any other hash it says nothing: only SHA-256 is computed here.
   */
  verified: boolean
  /**
   * The profile that gives the CID; `'raw-block'` for a single raw block or inline content; `null` if not
   * verified.
   */
  profile: Profile | 'raw-block' | null
  /**
   * The CID of the bytes by the most likely profile, or, if the CID is that of a raw block, as one block; `null` if no
   * profile gives CIDs of this kind.
   */
  computed: string | null
}

/**
 * The options of {@link download}.
 *
 * @example
 * const own = 'https://gateway.example'
 * await download(cid, { gateway: [own, 'https://ipfs-pin.numbersprotocol.io'], maxSize: 1_000_000 })
 */
export interface DownloadOptions {
  /**
   * The gateway: the URL before `/ipfs/<cid>`, with or without `/ipfs/` at its end. In a page it may be a
   * path of its own origin. Or a list of 1 to 20 gateways, which are tried in order until one returns bytes
   * that match. Each gateway but the last has an equal share of the remaining time (the first of two has half of
   * `timeout`). Without a time limit, the call waits for a gateway that stalls.
   *
   * @default 'https://ipfs-pin.numbersprotocol.io'
   */
  gateway?: string | URL | readonly (string | URL)[] | undefined
  /**
   * Whether to verify the bytes. `false` returns what the gateway sends.
   *
   * @default true
   */
  verify?: boolean | undefined
  /**
   * The maximum size in bytes. The download of a larger file is stopped and rejects with `too-large`. If the
   * file has to be fetched block by block, as many bytes are downloaded once more, plus up to 128 for each of
   * at most 10 000 blocks.
   *
   * @default 26_214_400
   */
  maxSize?: number | undefined
  /** Cancels the call. */
  signal?: AbortSignal | undefined
  /**
   * The time limit for the whole call in milliseconds; 0 is no limit.
   *
   * @default 300_000
   */
  timeout?: number | undefined
  /** Called with the progress of the call. Errors that it throws are ignored. */
  onProgress?: ((progress: Progress) => void) | undefined
  /** Sends the requests in place of the `fetch` of the runtime: for proxies, agents, tests. */
  fetch?: Fetch | undefined
}

/**
 * The options of {@link locate}.
 *
 * @example
 * await locate(cid, { timeout: 5_000 })
 */
export interface LocateOptions {
  /**
   * The gateway: the URL before `/ipfs/<cid>`, with or without `/ipfs/` at its end. In a page it may be a
   * path of its own origin. Or a list of 1 to 20 gateways, which are tried in order until one is
   * `'present'`; the result is `'absent'` only if all responded 404.
   *
   * @default 'https://ipfs-pin.numbersprotocol.io'
   */
  gateway?: string | URL | readonly (string | URL)[] | undefined
  /** Cancels the call. */
  signal?: AbortSignal | undefined
  /**
   * The time limit in milliseconds, after which the result is `'unknown'`; 0 is no limit.
   *
   * @default 30_000
   */
  timeout?: number | undefined
  /** Sends the requests in place of the `fetch` of the runtime: for proxies, agents, tests. */
  fetch?: Fetch | undefined
}

/**
 * The response of the API to an order, with the result of its verification. Fields that the API does not
 * document are kept. Documented fields except `cid` may be missing, for example with `pin: false`.
 *
 * @example
 * const { cid, fileURL }: Receipt = await pin(file, { token })
 */
export interface Receipt {
  /** The content identifier. */
  cid: string
  /** The URL of the file on the gateway. */
  fileURL?: string
  /** The size that the API states, in bytes: of the file, or of the blocks that store it. */
  fileSize?: number
  /** The CID version that the API states. */
  cid_version?: number
  /** The order number. */
  orderID?: string
  /**
   * Whether the CID is that of the bytes. `true`: it was computed here and is the same. `false`: no known
   * profile gives it, which does not prove an error. `null`: nothing was compared, because the source was a
   * URL, the bytes could not be read again, or `verify` was `false`.
   */
  verified: boolean | null
  /**
   * The profile that gives the CID; `'raw-block'` for a raw block that the profile of the order does not give, or
   * for content in the CID itself; `null` if not verified.
   */
  profile: Profile | 'raw-block' | null
  [field: string]: unknown
}

/**
 * What went wrong.
 *
 * | code | when |
 * |---|---|
 * | `invalid-input` | an argument or option is invalid |
 * | `too-large` | the source exceeds `maxSize` or the limit of the API |
 * | `unreadable` | the source could not be read |
 * | `unauthorized` | 401: the token is invalid |
 * | `forbidden` | 403: the API or a relay denied permission |
 * | `insufficient-funds` | 402, or a response that says so: the wallet of the token is empty |
 * | `bad-request` | 400 and other 4xx: the API or a relay rejected the request |
 * | `rate-limited` | 429: too many requests |
 * | `not-found` | 404: no API at the endpoint, or the gateway does not have the CID |
 * | `server` | 5xx, 408, 499, or a 400 of a crashed workflow: the API or the gateway failed |
 * | `network` | no response |
 * | `timeout` | the time limit |
 * | `aborted` | your signal; in a batch also an earlier error that concerns all orders |
 * | `bad-response` | not the documented response: an HTML page, a redirect, incomplete JSON |
 * | `mismatch` | the CID is not that of the bytes, or not the expected one |
 * | `unsupported` | the runtime lacks a feature, or forbids WebAssembly |
 * | `internal` | a bug in this package |
 *
 * @example
 * if (error.code === 'insufficient-funds') showWallet()
 */
export type PinErrorCode =
  | 'invalid-input'
  | 'too-large'
  | 'unreadable'
  | 'unauthorized'
  | 'forbidden'
  | 'insufficient-funds'
  | 'bad-request'
  | 'rate-limited'
  | 'not-found'
  | 'server'
  | 'network'
  | 'timeout'
  | 'aborted'
  | 'bad-response'
  | 'mismatch'
  | 'unsupported'
  | 'internal'

/**
 * Whether you were charged. `not-sent`: no, nothing was sent. `refused`: no, the API rejected the order.
 * `unknown`: maybe, so see the orders of your account before you order again; {@link locate} says whether a
 * gateway has the file, not who paid. `pinned`: yes (unless `pin` was `false`), so keep `receipt` and do not
 * retry.
 *
 * @example
 * const isSafeToRetry = error.outcome === 'not-sent' || error.outcome === 'refused'
 */
export type PinOutcome = 'not-sent' | 'refused' | 'unknown' | 'pinned'

/**
 * The error of every function. The token is redacted from all of its fields, except from what your own `fetch` or
 * `token` function threw, which is its `cause`.
 *
 * @example
 * try {
 *   await pin(file, { token })
 * } catch (error) {
 *   if (!isPinError(error)) throw error
 *   if (error.outcome === 'unknown' && error.cid) console.log(await locate(error.cid))
 * }
 */
export class PinError extends Error {
  /** Creates an error, for tests. */
  constructor(message: string, fields: { code: PinErrorCode; outcome: PinOutcome; cause?: unknown })
  /** `AbortError` for `aborted`, `TimeoutError` for `timeout`, as platform APIs name them. */
  readonly name: 'PinError' | 'AbortError' | 'TimeoutError'
  /** What went wrong. */
  code: PinErrorCode
  /** Whether you were charged. */
  outcome: PinOutcome
  /** The HTTP status of the response, if there was one. */
  status?: number
  /** The start of the response body, at most 300 characters. */
  detail?: string
  /** The number of seconds to wait before the next request, if the server says so. */
  retryAfter?: number
  /**
   * The CID of the bytes, for {@link locate}. Missing for a URL, with `verify: false`, or if the call ended
   * before it was computed: {@link cidOf} computes it.
   */
  cid?: string
  /** The response of the API, if it is a receipt. */
  receipt?: Partial<Receipt>
  /** The error or value that caused this one, such as the reason of the signal. */
  cause?: unknown
  /**
   * Returns all fields as a plain object, for `JSON.stringify` and `postMessage`: structured clone drops the
   * fields of an error. Of a `cause` that is an object, it has `name` and `message`.
   */
  toJSON(): Record<string, unknown>
}

/**
 * The price of a pinned file on the API page, in NUM.
 *
 * @example
 * const perPeriod = files.length * (PRICE.num + PRICE.gas)
 */
export const PRICE: Readonly<{
  /** The price of a period, in NUM. */
  num: number
  /** The approximate gas of a transaction in NUM. There is none if you pay in Credits. */
  gas: number
  /** The length of a period in days. */
  days: number
  /** The date of the price, as `YYYY-MM-DD`. */
  asOf: string
  /** Where the price is from. */
  source: string
}>

/**
 * Checks whether a value is a {@link PinError}, also of another copy of this package or another realm.
 * `instanceof PinError` does the same.
 *
 * @example
 * if (isPinError(error) && error.outcome === 'not-sent') retry()
 */
export function isPinError(value: unknown): value is PinError

/**
 * Pins a file on IPFS and resolves to the receipt.
 *
 * Every call sends one order, and the API charges for each file that it pins. The options and the bytes in
 * memory are copied when you call; later changes have no effect. (Options that are instances of a class are
 * read after the WebAssembly has loaded.)
 *
 * @example
 * const receipt = await pin(file, { token })
 * console.log(receipt.cid)
 *
 * @throws {@link PinError} with any {@link PinErrorCode}. Its `outcome` says whether you were charged.
 */
export function pin(source: PinSource, options?: PinOptions): Promise<Receipt>

/**
 * Pins many files and resolves to their results in the order of the sources, like `Promise.allSettled`.
 *
 * - A source is read when its order can start, so a generator over many files keeps few in memory.
 * - After `unauthorized`, `forbidden` or `insufficient-funds` nothing more is sent. The other sources fail
 *   with `aborted`, whose `cause` is the first error.
 * - A 429 pauses the whole batch. Sources that would wait longer than five minutes or their `timeout` fail
 *   with `rate-limited` and are not sent.
 * - An iterable that throws ends the batch, and adds a last result that is rejected.
 * - When the `signal` aborts, each source of an array, `Set` or `FileList` still has a result. Any other iterable is
 *   not read any further.
 *
 * @example
 * for (const result of await pinAll(files, { token })) {
 *   if (result.status === 'rejected') console.error(result.reason.outcome)
 * }
 *
 * @throws {@link PinError} `invalid-input` before anything is ordered, or `unsupported` or `internal`.
 * Errors of single sources are in the results. `onResult` was called for every order that had ended.
 */
export function pinAll(
  sources: Iterable<PinSource | NamedSource> | AsyncIterable<PinSource | NamedSource>,
  options?: PinAllOptions,
): Promise<PinResult[]>

/**
 * Computes the CID of bytes, as the API is expected to compute it. Sends nothing.
 *
 * @example
 * const cid = await cidOf(file)
 *
 * @throws {@link PinError} `invalid-input`, `unreadable`, `too-large` (4 GiB in memory), `aborted`,
 * `timeout` (that of the signal), `unsupported` or `internal`.
 */
export function cidOf(source: ByteSource, options?: CidOptions): Promise<string>

/**
 * Compares bytes with a CID, by all profiles that give CIDs of its kind. Sends nothing.
 *
 * @example
 * if (!(await verify(file, receipt.cid)).verified) console.error(receipt.orderID)
 *
 * @throws {@link PinError} with the codes of {@link cidOf}. A CID that does not match is not an error.
 */
export function verify(
  source: ByteSource,
  cid: string,
  options?: VerifyOptions,
): Promise<Verification>

/**
 * Downloads a file from a gateway and verifies it. Resolves only with bytes that match the CID. Only SHA-256
 * is computed here: a CID of another hash rejects with `bad-response`. A CID that contains the content
 * (`ipfs add --inline`) needs no gateway.
 *
 * The bytes are verified; the `type` of the Blob is not. It is the `Content-Type` of the gateway, which may be
 * wrong.
 *
 * If several gateways fail, the message lists each with its error. `code` and `status` are those of the most
 * serious one: wrong bytes before a rejection, a rejection before no response, and `not-found` only if all
 * responded 404. `unsupported`: this runtime cannot make the request, or has no permission.
 *
 * @example
 * const blob = await download(receipt.cid)
 *
 * @throws {@link PinError} `mismatch` for other bytes, `bad-response` for bytes that cannot be verified,
 * `not-found`, `too-large`, `rate-limited`, `server`, `network`, `timeout`, `aborted`, `invalid-input`,
 * `unsupported` or `internal`.
 */
export function download(cid: string, options?: DownloadOptions): Promise<Blob>

/**
 * Asks gateways whether they have a CID, without downloading it: `'present'` if one has it, `'absent'` if all
 * responded 404, `'unknown'` if a gateway failed or timed out. Call it before you order again; `'present'` does
 * not say who paid for the pin.
 *
 * @example
 * if (error.outcome === 'unknown' && error.cid) console.log(await locate(error.cid))
 *
 * @throws {@link PinError} `invalid-input`, `aborted`, `unsupported` or `internal`.
 */
export function locate(
  cid: string,
  options?: LocateOptions,
): Promise<'present' | 'absent' | 'unknown'>

// Only what is marked `export` is exported.
export {}
