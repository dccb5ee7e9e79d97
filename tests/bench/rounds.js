/** What compilers and caches need is not counted. */
const WARM_UP = 3

/**
 * Samples of several contenders, taken in turn, so that what the machine does besides hits all.
 *
 * @param {number} count
 * @param {string[]} contenders
 * @param {(contender: string) => Promise<number>} run gives one sample of a contender
 * @returns {Promise<Record<string, number[]>>}
 */
export async function rounds(count, contenders, run) {
  const samples = Object.fromEntries(contenders.map((contender) => [contender, []]))
  for (let round = -WARM_UP; round < count; round += 1) {
    for (const contender of contenders) {
      const sample = await run(contender)
      if (round >= 0) samples[contender].push(sample)
    }
  }
  return samples
}

export function median(samples) {
  const sorted = samples.toSorted((a, b) => a - b)
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2
}
