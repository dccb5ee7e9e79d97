/** More than one chunk, so that the CID is that of a tree. */
export const BYTES = Uint8Array.from({ length: 300_000 }, (_, at) => at % 251)

/**
 * What every program does with the package: an order that succeeds, and one that is refused.
 *
 * @param {Pick<typeof import('numbers-pin'), 'PinError' | 'pin'>} numbersPin
 * @param {string} endpoint
 * @returns {Promise<Ends>}
 *
 * @typedef {{ receipt?: object, error?: object }} End
 * @typedef {{ filled: End, refused: End }} Ends
 */
export async function use({ PinError, pin }, endpoint) {
  const order = (bytes, token) =>
    pin(bytes, { endpoint, token }).then(
      (receipt) => ({ receipt }),
      (error) => {
        const { code, outcome, message } = error
        return { error: { isPinError: error instanceof PinError, code, outcome, message } }
      },
    )
  // Few bytes: happy-dom loses a response that comes while it sends.
  const few = BYTES.subarray(0, 1000)
  return { filled: await order(BYTES, 'local-token'), refused: await order(few, 'wrong-token') }
}
