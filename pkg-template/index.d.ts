/**
 * Store files on IPFS through the Numbers pin API.
 *
 * There is nothing to initialise: the first call starts the WebAssembly by itself. Every rejection
 * of every function is a {@link PinError}.
 *
 * @packageDocumentation
 */

/**
 * Bytes that are here: a `File` or `Blob`, an `ArrayBuffer`, a typed array, `DataView` or Node
 * `Buffer`, a `ReadableStream` of bytes, or a `Response`. The bytes of a `File` or `Blob` stay where
 * the host keeps them, but in Bun, where they are read as a stream is. A stream or `Response` is read
 * to its end, once.
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
  readonly size: number
  readonly type: string
  arrayBuffer(): Promise<ArrayBuffer>
  slice(start?: number, end?: number, type?: string): BlobLike
}

/**
 * The part of a `ReadableStream` of bytes that is used: of the runtime, or of `node:stream/web`.
 *
 * @example
 * const source: StreamLike = Readable.toWeb(createReadStream('photo.jpg'))
 */
export interface StreamLike {
  readonly locked: boolean
  getReader(): { read(): Promise<{ done: boolean; value?: unknown }>; releaseLock(): void }
}

/**
 * The part of a `Response` that is used.
 *
 * @example
 * const source: ResponseLike = await fetch('https://example.org/photo.jpg')
 */
export interface ResponseLike {
  readonly status: number
  readonly ok: boolean
  readonly bodyUsed: boolean
  readonly body: StreamLike | null
}

/** A type of the runtime, where the libraries of the project declare it. */
type Global<Name extends string, Otherwise> =
  typeof globalThis extends Record<Name, { prototype: infer Type }> ? Type : Otherwise
type Blob = Global<'Blob', BlobLike>
type URL = Global<'URL', { readonly href: string; readonly searchParams: object }>
type AbortSignal = Global<'AbortSignal', { readonly aborted: boolean; addEventListener: unknown }>

/**
 * What can be pinned: bytes, or an absolute http(s) URL, as a `URL` or a string, that the service
 * fetches by itself. Any other string is refused, never pinned as text.
 *
 * @example
 * const source: PinSource = 'https://example.org/photo.jpg'
 */
export type PinSource = ByteSource | URL | string

/**
 * The options of {@link pin}. An option that is not listed here is refused by its name.
 *
 * @example
 * const options: PinOptions = { token: () => readToken(), version: 0, timeout: 60_000 }
 */
export interface PinOptions {
  /**
   * The Capture Token, or a function that gives it or a promise of it, asked once an order. It goes
   * to the endpoint and nowhere else. Required, unless `endpoint` is of the page's own origin.
   */
  token?: string | (() => string | Promise<string>) | undefined
  /**
   * Where the order goes: an absolute http(s) URL or, in a page, a path of its own origin.
   *
   * @default 'https://eoqctv92ahgrcif.m.pipedream.net'
   */
  endpoint?: string | URL | undefined
  /**
   * `false` asks the service for the CID without pinning.
   *
   * @default true
   */
  pin?: boolean | undefined
  /**
   * The version of the CID.
   *
   * @default 1
   */
  version?: 0 | 1 | undefined
  /**
   * The name that is sent with bytes, any Unicode text that is not empty. With a URL it has no
   * meaning.
   *
   * @default the `name` of a `File`, otherwise `'file'`
   */
  filename?: string | undefined
  /**
   * The most bytes that are sent; more is `too-large` and nothing is sent.
   *
   * @default 26_214_400, the documented 25 MB
   */
  maxSize?: number | undefined
  /**
   * Whether the CID is compared with the bytes that were sent. `true` rejects where it is certainly
   * wrong, `'require'` also where no known profile gives it; a URL has no bytes here, so `'require'`
   * refuses one. `false` takes whatever the service says.
   *
   * @default true
   */
  verify?: boolean | 'require' | undefined
  /** Cancels the call. Where the order may already have been made, `outcome` says `unknown`. */
  signal?: AbortSignal | undefined
  /**
   * The milliseconds that the whole call may take, the service's own time included; at most
   * 2_147_483_647, and 0 for no limit.
   *
   * @default 300_000
   */
  timeout?: number | undefined
  /**
   * The most retries, up to 1000: after a 429, when `Retry-After` says or else soon, unless that is over
   * five minutes or beyond `timeout`; and after a connection that was never made, where the runtime says
   * so. A request that may have been processed is never retried.
   *
   * @default 2
   */
  retries?: number | undefined
  /** Called with the progress of the upload. What it throws is ignored. */
  onProgress?: ((progress: Progress) => void) | undefined
}

/**
 * A source of a batch: as {@link PinSource}, or with the name that is to be sent with it.
 *
 * @example
 * const named: NamedSource = { source: await openAsBlob('a/1.jpg'), filename: 'a/1.jpg' }
 */
export interface NamedSource {
  /** What is to be pinned. */
  source: PinSource
  /** The name that is sent with it. */
  filename?: string | undefined
}

/**
 * The options of {@link pinAll}: those of {@link pin}, which hold for each source by itself
 * (`timeout` and `retries` too), and those of the batch.
 *
 * @example
 * const options: PinAllOptions = { token, concurrency: 8, onResult: (result, i) => log(i, result) }
 */
export interface PinAllOptions extends Omit<PinOptions, 'onProgress'> {
  /**
   * How many orders are under way at a time, from 1 to 1000. No more sources than that are held.
   *
   * @default 4
   */
  concurrency?: number | undefined
  /**
   * Whether sources with the same bytes, or the same URL, are bought once and share the result.
   *
   * @default true
   */
  dedupe?: boolean | undefined
  /** Called with the progress of the batch. What it throws is ignored. */
  onProgress?: ((progress: BatchProgress) => void) | undefined
  /** Is given each result as it comes, with the place of its source. What it throws is ignored. */
  onResult?: ((result: PinResult, index: number) => void) | undefined
}

/**
 * The result of one source of a batch, in the shape of `Promise.allSettled`.
 *
 * @example
 * for (const { status, value, reason } of await pinAll(files, { token }))
 *   console.log(status === 'fulfilled' ? value.cid : reason.outcome)
 */
export type PinResult =
  | { status: 'fulfilled'; value: Receipt; reason?: undefined }
  | { status: 'rejected'; reason: PinError; value?: undefined }

/**
 * How far a batch is.
 *
 * @example
 * onProgress: ({ done, failed, total }) => (title = `${done + failed} of ${total ?? 'many'}`)
 */
export interface BatchProgress {
  /** The sources that have a receipt. */
  done: number
  /** The sources that have an error. */
  failed: number
  /** All sources, or `null` where that is not known before, as of a generator. */
  total: number | null
  /** The bytes that were handed over to the network, or did not have to be. Never goes back. */
  loaded: number
  /**
   * The bytes of all sources, or `null` where that is not known before, as with a stream, a URL, or
   * a Blob in Bun.
   */
  totalBytes: number | null
}

/**
 * The parameters by which a file becomes a CID, by the name of IPIP-0499 or of the kubo option.
 *
 * | name | CID | chunk | leaves | links |
 * |---|---|---|---|---|
 * | `unixfs-v0-2015` | 0 | 256 KiB | dag-pb | 174 |
 * | `kubo-cid-v0-raw-leaves` | 0 | 256 KiB | raw | 174 |
 * | `kubo-cid-v1` | 1 | 256 KiB | raw | 174 |
 * | `unixfs-v1-2025` | 1 | 1 MiB | raw | 1024 |
 * | `kubo-test-cid-v1` | 1 | 1 MiB | raw | 174 |
 * | `unixfs-v0-2015-as-v1` | 1, of a tree of 0 | 256 KiB | dag-pb | 174 |
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
 * How far a call is. `loaded` and `total` are bytes; `loaded` never goes back.
 *
 * @example
 * onProgress: ({ loaded, total }) => (bar.value = total ? loaded / total : 0)
 */
export interface Progress {
  /**
   * What is done now. `pin`: `'upload'`, then `'processing'`, when all is sent and the service does
   * its part. `cidOf` and `verify`: `'hashing'`. `download`: `'download'`. Then `'done'`, told once,
   * when the call has succeeded.
   */
  phase: 'upload' | 'processing' | 'hashing' | 'download' | 'done'
  /** The bytes of the file that are done: of an upload, handed over to the network. */
  loaded: number
  /** All bytes, or `null` where that is not known. */
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
   * The version of the CID; the profile is then the one that the service is believed to use for it:
   * `kubo-cid-v1` for 1, `unixfs-v0-2015` for 0.
   *
   * @default 1
   */
  version?: 0 | 1 | undefined
  /** The exact parameters. A `version` beside them has to be that of the CIDs that they give. */
  profile?: Profile | undefined
  /** Cancels the call. */
  signal?: AbortSignal | undefined
  /** Called with the progress of the call. What it throws is ignored. */
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
  /** Called with the progress of the call. What it throws is ignored. */
  onProgress?: ((progress: Progress) => void) | undefined
}

/**
 * What comparing a source with a CID showed.
 *
 * @example
 * const { verified, profile }: Verification = await verify(file, receipt.cid)
 */
export interface Verification {
  /** Whether the bytes have this CID by a known profile. For a raw CID `false` is certain. */
  verified: boolean
  /** The parameters that gave the CID; `'raw-block'` where it is one block of any size. */
  profile: Profile | 'raw-block' | null
  /** The CID of the bytes by the first profile that was tried; `null` where none fits such a CID. */
  computed: string | null
}

/**
 * The options of {@link download}.
 *
 * @example
 * await download(cid, { gateway: 'https://ipfs.io', maxSize: 1_000_000 })
 */
export interface DownloadOptions {
  /**
   * The gateway: what comes before `/ipfs/<cid>`, with or without `/ipfs/` at its end. In a page it
   * may be a path of its own origin.
   *
   * @default 'https://ipfs-pin.numbersprotocol.io'
   */
  gateway?: string | URL | undefined
  /**
   * `false` hands over whatever the gateway sends.
   *
   * @default true
   */
  verify?: boolean | undefined
  /**
   * The most bytes that are taken; a gateway that sends more is cut off.
   *
   * @default 26_214_400
   */
  maxSize?: number | undefined
  /** Cancels the call. */
  signal?: AbortSignal | undefined
  /**
   * The milliseconds that the call may take; 0 for no limit.
   *
   * @default 300_000
   */
  timeout?: number | undefined
  /** Called with the progress of the call. What it throws is ignored. */
  onProgress?: ((progress: Progress) => void) | undefined
}

/**
 * The options of {@link locate}.
 *
 * @example
 * await locate(cid, { timeout: 5_000 })
 */
export interface LocateOptions {
  /**
   * The gateway: what comes before `/ipfs/<cid>`, with or without `/ipfs/` at its end. In a page it
   * may be a path of its own origin.
   *
   * @default 'https://ipfs-pin.numbersprotocol.io'
   */
  gateway?: string | URL | undefined
  /** Cancels the call. */
  signal?: AbortSignal | undefined
  /**
   * The milliseconds that the gateway has; then the answer is `'unknown'`. 0 for no limit.
   *
   * @default 30_000
   */
  timeout?: number | undefined
}

/**
 * The service's answer to an order, under the names of its API, with the proof added. The
 * documented fields other than `cid` may be missing, as with `pin: false`; fields that are not
 * documented are kept.
 *
 * @example
 * const { cid, fileURL }: Receipt = await pin(file, { token })
 */
export interface Receipt {
  /** The content identifier. */
  cid: string
  /** Where the gateway serves the content. */
  fileURL?: string
  /** The size that the service states, in bytes: of the file, or of the blocks it was stored as. */
  fileSize?: number
  /** The version that the service states for the CID. */
  cid_version?: number
  /** The number of the order. */
  orderID?: string
  /**
   * `true`: the CID was computed here from the bytes, and it is the same. `false`: no known profile
   * gives it, which proves nothing. `null`: nothing was checked, since there were no bytes here, or
   * they could not be read any more, or `verify` was `false`.
   */
  verified: boolean | null
  /** The parameters that gave the CID, by name; `null` where it is not verified. */
  profile: Profile | 'raw-block' | null
  [field: string]: unknown
}

/**
 * What went wrong.
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
 * Whether you were charged. `not-sent`: no order left this machine. `refused`: the API rejected it.
 * `unknown`: it may have been pinned and charged. `pinned`: it was.
 *
 * @example
 * const mayTryAgain = error.outcome === 'not-sent' || error.outcome === 'refused'
 */
export type PinOutcome = 'not-sent' | 'refused' | 'unknown' | 'pinned'

/**
 * The rejection of every function of this package. The token is in none of its fields.
 *
 * @example
 * try {
 *   await pin(file, { token })
 * } catch (error) {
 *   if (error instanceof PinError && error.outcome === 'unknown') lookBeforeOrderingAgain()
 * }
 */
export class PinError extends Error {
  /** Made by the package; a caller needs it for tests only. */
  constructor(message: string, fields: { code: PinErrorCode; outcome: PinOutcome; cause?: unknown })
  /** `AbortError` for `aborted`, `TimeoutError` for `timeout`, as every caller checks for them. */
  readonly name: 'PinError' | 'AbortError' | 'TimeoutError'
  /** What went wrong. */
  code: PinErrorCode
  /** Whether you were charged. */
  outcome: PinOutcome
  /** The HTTP status, where there was an answer. */
  status?: number
  /** The beginning of the answer's body, at most 300 characters. */
  detail?: string
  /** The seconds after which the service wants to be asked again. */
  retryAfter?: number
  /** The CID that was computed here from the bytes, where that was done: look it up with `locate`. */
  cid?: string
  /** What the service answered, where it is a receipt. */
  receipt?: Partial<Receipt>
  /** The value that was thrown, or the signal's reason. */
  cause?: unknown
  /**
   * All fields as a plain object, for `JSON.stringify` and `postMessage`, which drop the fields of an error.
   * Of a `cause` that is an object it has `name` and `message`.
   */
  toJSON(): Record<string, unknown>
}

/**
 * Whether a value is a {@link PinError}, also one of another copy of this package or of another realm.
 *
 * @example
 * if (isPinError(error) && error.outcome === 'not-sent') retry()
 */
export function isPinError(value: unknown): value is PinError

/**
 * Stores a file on IPFS and gives the receipt. Every call is one order, which the service charges
 * for as long as the file is pinned; it starts at once, with the options and bytes as they are then
 * (options of a class of your own: as they are when the WebAssembly is ready), and is retried only
 * where it was certainly not processed.
 *
 * @example
 * const receipt = await pin(file, { token })
 * console.log(receipt.cid)
 */
export function pin(source: PinSource, options?: PinOptions): Promise<Receipt>

/**
 * Stores many sources, a few at a time, and gives their results in the order of the sources, in the
 * shape of `Promise.allSettled`. It rejects only for arguments that are wrong, before anything is
 * ordered, or with `internal`: then `onResult` was told of every order that had ended.
 *
 * A source is asked for when there is room for its order, so a generator over many files holds few.
 * After `unauthorized`, `forbidden` or `insufficient-funds` nothing more is sent: the rest is
 * `aborted`, with the first error as its cause. When the service asks one order to wait, all wait; one
 * that would have to for over five minutes or beyond its `timeout` is `rate-limited` and not sent. An
 * iterable that throws ends the batch with one more result, which is rejected. Once the `signal` has fired an async iterable is asked for no more,
 * so there may be fewer results than it had sources; of any other iterable, which must be finite,
 * every source has its result.
 *
 * @example
 * for (const result of await pinAll(files, { token })) {
 *   if (result.status === 'rejected') console.error(result.reason.outcome)
 * }
 */
export function pinAll(
  sources: Iterable<PinSource | NamedSource> | AsyncIterable<PinSource | NamedSource>,
  options?: PinAllOptions,
): Promise<PinResult[]>

/**
 * Computes the CID of a source here, sending nothing: what a pin of it will be called.
 *
 * @example
 * const cid = await cidOf(file)
 */
export function cidOf(source: ByteSource, options?: CidOptions): Promise<string>

/**
 * Compares a source with a CID, by all profiles that give such CIDs.
 *
 * @example
 * if (!(await verify(file, receipt.cid)).verified) askTheService(receipt.orderID)
 */
export function verify(
  source: ByteSource,
  cid: string,
  options?: VerifyOptions,
): Promise<Verification>

/**
 * Fetches content from a gateway and hands it over only if it is proven to be that of the CID:
 * other bytes are `mismatch`, bytes that nothing proves are `bad-response`.
 *
 * @example
 * const blob = await download(receipt.cid)
 */
export function download(cid: string, options?: DownloadOptions): Promise<Blob>

/**
 * Asks a gateway whether it has a CID, without downloading it. `'unknown'` means that it did not
 * say, or not in time. Look before ordering again.
 *
 * @example
 * if ((await locate(error.cid)) === 'present') showAsPinned(error.cid)
 */
export function locate(
  cid: string,
  options?: LocateOptions,
): Promise<'present' | 'absent' | 'unknown'>

// What is not marked so is not exported.
export {}
