/**
 * Samples of several contenders, taken in turn, so that what the machine does besides hits all.
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
