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
 * the host keeps them. A stream or `Response` is read to its end, once.
 *
 * @example
 * const source: ByteSource = new TextEncoder().encode('hello')
 */
export type ByteSource = Blob | ArrayBuffer | ArrayBufferView | ReadableStream | Response

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
   * The Capture Token, or a function that gives it or a promise of it, asked once a call. It goes
   * to the endpoint and nowhere else. Required, unless `endpoint` is of the page's own origin.
   */
  token?: string | (() => string | Promise<string>)
  /**
   * Where the order goes: an absolute http(s) URL or, in a page, a path of its own origin.
   *
   * @default 'https://eoqctv92ahgrcif.m.pipedream.net'
   */
  endpoint?: string | URL
  /**
   * `false` asks the service for the CID without pinning.
   *
   * @default true
   */
  pin?: boolean
  /**
   * The version of the CID.
   *
   * @default 1
   */
  version?: 0 | 1
  /**
   * The name that is sent with bytes, any Unicode text that is not empty. With a URL it has no
   * meaning.
   *
   * @default the `name` of a `File`, otherwise `'file'`
   */
  filename?: string
  /**
   * The most bytes that are sent; more is `too-large` and nothing is sent.
   *
   * @default 26_214_400, the documented 25 MB
   */
  maxSize?: number
  /** Cancels the call. Where the order may already have been made, `outcome` says `unknown`. */
  signal?: AbortSignal
  /**
   * The milliseconds that the whole call may take, the service's own time included; 0 for no limit.
   *
   * @default 300_000
   */
  timeout?: number
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
   * gives it, which proves nothing. `null`: there were no bytes here to check.
   */
  verified: boolean | null
  /** The parameters that gave the CID, by name; `null` where it is not verified. */
  profile: string | null
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
 * What became of the money. `not-sent`: no order left this machine. `refused`: the service said no.
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
  name: 'PinError' | 'AbortError' | 'TimeoutError'
  /** What went wrong. */
  code: PinErrorCode
  /** What became of the money. */
  outcome: PinOutcome
  /** The HTTP status, where there was an answer. */
  status?: number
  /** The beginning of the answer's body, at most 300 characters. */
  detail?: string
  /** The seconds after which the service wants to be asked again. */
  retryAfter?: number
  /** What the service answered, where it is a receipt. */
  receipt?: Omit<Receipt, 'verified' | 'profile'>
  /** The value that was thrown, or the signal's reason. */
  cause?: unknown
}

/**
 * Stores a file on IPFS and gives the receipt. Every call is one order, which the service charges
 * for; it starts at once and is never repeated.
 *
 * @example
 * const receipt = await pin(file, { token })
 * console.log(receipt.cid)
 */
export function pin(source: PinSource, options?: PinOptions): Promise<Receipt>
