/**
 * Samples of several contenders, taken in turn, so that what the machine does besides hits all. Each
 * round begins with another and every second one goes backwards: what one leaves behind, garbage and
 * caches, is not always left to the same.
 *
 * @param {number} count
 * @param {string[]} contenders
 * @param {(contender: string) => Promise<number>} run gives one sample of a contender
 * @param {number} [warmUp] how many rounds go before that are not counted, for compilers and caches
 * @returns {Promise<Record<string, number[]>>}
 */
export async function rounds(count, contenders, run, warmUp = 3) {
  const samples = Object.fromEntries(contenders.map((contender) => [contender, []]))
  for (let round = -warmUp; round < count; round += 1) {
    for (const contender of inTurn(contenders, turn++)) {
      const sample = await run(contender)
      if (round >= 0) samples[contender].push(sample)
    }
  }
  return samples
}

let turn = 0

function inTurn(contenders, round) {
  const first = (round >> 1) % contenders.length
  const order = [...contenders.slice(first), ...contenders.slice(0, first)]
  return round % 2 ? order.reverse() : order
}

export function median(samples) {
  const sorted = samples.toSorted((a, b) => a - b)
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2
}
