/** The maximum difference of a correct clock in seconds. */
const MAX_SECONDS = 300

/**
 * Compares the clock of this machine with the header `Date` of a response.
 *
 * @param {Response} response
 * @returns {import('./index.js').Result}
 */
export function compareClock(response) {
  const date = response.headers.get('date')
  const seconds = Math.round((Date.now() - Date.parse(date ?? '')) / 1000)
  if (Number.isNaN(seconds)) return { state: 'unclear', found: 'the response has no date' }
  const isRight = Math.abs(seconds) <= MAX_SECONDS
  const side = seconds > 0 ? 'ahead of' : 'behind'
  return {
    state: isRight ? 'ok' : 'fails',
    found: isRight
      ? `within ${MAX_SECONDS} s of the server`
      : `this machine is ${Math.abs(seconds)} s ${side} the server`,
    advice: isRight ? undefined : 'Set the clock: TLS certificates are checked against it',
  }
}
