// Runs in a page too.
import { SMALL } from './answers.js'

/** A file of two chunks, and its CID from tests/vectors. */
const LARGE = {
  bytes: () => new Uint8Array(1_048_577),
  cid: 'bafybeihhq4imxfkfucfxjbnqvrvzdknmfbzvxaivz7jzdnumfkabdbq3yq',
}

const large = new Blob([LARGE.bytes()])

/**
 * Calls that order something. `cid` is that of the first source, unless it is a URL.
 *
 * @type {Record<string, { cid?: string, orders: number, isHeard?: boolean, run: Function }>}
 */
export const OPERATIONS = {
  'pin of small bytes': {
    cid: SMALL.cid,
    orders: 1,
    run: ({ pin }, options) => [pin(SMALL.bytes(), options)],
  },
  'pin of a large Blob': {
    cid: LARGE.cid,
    orders: 1,
    run: ({ pin }, options) => [pin(large, options)],
  },
  'pin of a URL': {
    orders: 1,
    run: ({ pin }, options) => [pin('https://example.org/x', options)],
  },
  'pin with onProgress': {
    cid: LARGE.cid,
    orders: 1,
    isHeard: true,
    run: ({ pin }, options) => [pin(large, options)],
  },
  'pinAll of two': {
    cid: SMALL.cid,
    orders: 2,
    run: async ({ pinAll }, options) => {
      const sources = [SMALL.bytes(), new TextEncoder().encode('another')]
      const results = await pinAll(sources, { ...options, concurrency: 1 })
      return results.map(({ value, reason }) => value ?? Promise.reject(reason))
    },
  },
}

/**
 * Runs an operation and returns the result of each of its orders, as plain data.
 *
 * @param {typeof import('../../../pkg/index.js')} numbersPin
 * @param {{ operation: string, options: object }} order
 */
export async function outcomesOf(numbersPin, { operation, options }) {
  const { run, isHeard } = OPERATIONS[operation]
  const progress = []
  const onProgress = isHeard ? (event) => progress.push(event) : undefined
  const settled = await Promise.allSettled(await run(numbersPin, { ...options, onProgress }))
  const results = settled.map(({ value: receipt, reason: error }) =>
    receipt ? { receipt } : { isPinError: error instanceof numbersPin.PinError, ...error },
  )
  return { results: results.map(({ cause, ...fields }) => fields), progress }
}
