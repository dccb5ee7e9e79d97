// Uses every export as a caller would; `cargo xtask check` compiles it under strict, with
// `exactOptionalPropertyTypes`.
import {
  PRICE,
  PinError,
  cidOf,
  download,
  isPinError,
  locate,
  pin,
  pinAll,
  verify,
  type BatchProgress,
  type ByteSource,
  type CidOptions,
  type DownloadOptions,
  type LocateOptions,
  type NamedSource,
  type PinAllOptions,
  type PinErrorCode,
  type PinOptions,
  type PinOutcome,
  type PinSource,
  type Profile,
  type Progress,
  type Receipt,
  type Verification,
  type VerifyOptions,
} from 'numbers-pin'

const signal = AbortSignal.timeout(1000)
const onProgress = ({ phase, loaded, total }: Progress): void => {
  const share: number | null = total === null ? null : loaded / total
  if (phase === 'done' && share === 1) return
}

const byteSources: ByteSource[] = [
  new Blob(['a']),
  new File(['a'], 'a.txt'),
  new ArrayBuffer(1),
  new Uint8Array(1),
  new DataView(new ArrayBuffer(1)),
  new Blob(['a']).stream(),
  new Response('a'),
]
const sources: PinSource[] = [
  ...byteSources,
  new URL('https://example.org/'),
  'https://example.org/',
]

const options: PinOptions = {
  token: async () => 'token',
  endpoint: new URL('https://example.org/pin'),
  pin: false,
  version: 0,
  filename: 'a.txt',
  verify: 'require',
  maxSize: 1,
  signal,
  timeout: 0,
  retries: 0,
  fetch: (url, init) => fetch(url, init),
  onProgress,
}
const cidOptions: CidOptions = { version: 1, profile: 'unixfs-v1-2025', signal, onProgress }
const verifyOptions: VerifyOptions = { signal, onProgress }
const downloadOptions: DownloadOptions = {
  gateway: new URL('https://example.org'),
  verify: false,
  maxSize: 1,
  signal,
  timeout: 1,
  onProgress,
}
const gateways = ['https://example.org', new URL('https://example.org')] as const
const locateOptions: LocateOptions = { gateway: gateways, signal, timeout: 1 }
const { onProgress: _, ...shared } = options
const pinAllOptions: PinAllOptions = {
  ...shared,
  concurrency: 2,
  dedupe: false,
  onProgress: ({ done, failed, total, loaded, totalBytes }: BatchProgress): void => {
    const counts: (number | null)[] = [done, failed, total, loaded, totalBytes]
    void counts
  },
  onResult: (result: PromiseSettledResult<Receipt>, index: number): void => void [result, index],
}
const named: NamedSource = { source: new Blob(['a']), filename: 'a.txt', expect: 'cid' }

/** Options that may be `undefined`, under `exactOptionalPropertyTypes`. */
type Unsure<T> = { [name in keyof T]-?: T[name] | undefined }

export function useUnsure(
  options: Unsure<PinOptions>,
  pinAllOptions: Unsure<PinAllOptions>,
  cidOptions: Unsure<CidOptions>,
  verifyOptions: Unsure<VerifyOptions>,
  downloadOptions: Unsure<DownloadOptions>,
  locateOptions: Unsure<LocateOptions>,
  { filename }: Unsure<NamedSource>,
): void {
  void pin('https://example.org/', options)
  void pinAll([{ source: 'https://example.org/', filename }], pinAllOptions)
  void cidOf(new Blob([]), cidOptions)
  void verify(new Blob([]), 'cid', verifyOptions)
  void download('cid', downloadOptions)
  void locate('cid', locateOptions)
}

export async function useAll(): Promise<string[]> {
  async function* slowly(): AsyncIterable<PinSource> {
    yield* sources
  }
  const results: PromiseSettledResult<Receipt>[] = [
    ...(await pinAll([...sources, named], pinAllOptions)),
    ...(await pinAll(slowly(), { token: 'token' })),
    ...(await pinAll(new Set(sources))),
  ]
  return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value.cid] : []))
}

export async function use(): Promise<Receipt[]> {
  const receipts: Receipt[] = []
  for (const source of sources) receipts.push(await pin(source, options))
  receipts.push(await pin(new Uint8Array(1), { token: 'token', expect: 'cid' }))
  const receipt: Receipt = await pin('https://example.org/', { token: 'token' })
  const url: string | undefined = receipt.fileURL
  const extra: unknown = receipt['extra']
  const verified: boolean | null = receipt.verified
  const profile: Profile | 'raw-block' | null = receipt.profile
  const cid: string = await cidOf(new Uint8Array(1), cidOptions)
  const verification: Verification = await verify(new Blob([]), cid, verifyOptions)
  const blob: Blob = await download(cid, downloadOptions)
  const presence: 'present' | 'absent' | 'unknown' = await locate(cid, locateOptions)
  void [url, extra, verified, profile, verification.computed, blob.size, presence]
  return receipts
}

export function explain(error: unknown): [PinErrorCode, PinOutcome] | undefined {
  if (!(error instanceof PinError) && !isPinError(error)) return undefined
  const json: Record<string, unknown> = error.toJSON()
  const price: number = PRICE.num + PRICE.gas / PRICE.days
  void [json, price, PRICE.asOf, PRICE.source]
  const status: number | undefined = error.status
  const receipt: Partial<Receipt> | undefined = error.receipt
  void [status, error.detail, error.retryAfter, error.cid, receipt?.cid, error.cause, error.name]
  return [error.code, error.outcome]
}

// @ts-expect-error a CID has version 0 or 1
void pin('https://example.org/', { version: 2 })
// @ts-expect-error a misspelt option
void pin('https://example.org/', { tokn: 'token' })
// @ts-expect-error a batch has its own progress
void pinAll([], { onProgress })
// @ts-expect-error each source of a batch has an expected CID of its own
void pinAll([], { expect: 'cid' })
// @ts-expect-error a source is required
void pin()
// @ts-expect-error only `pin` accepts a URL
void cidOf('https://example.org/')
