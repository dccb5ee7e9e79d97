import { hosts } from './hosts.js'

/**
 * How often everything begins anew. Where the memory of a process happens to lie makes a tenth of a
 * difference as long as it lives, for equal code too.
 */
export const GROUPS = 5

/**
 * Measures the same in several groups, each in fresh processes and pages, and gives all samples.
 *
 * @param {string} module a file of `contenders/`
 * @param {((module: string) => Promise<import('./hosts.js').Host>)[]} openers
 * @param {(host: import('./hosts.js').Host) => AsyncIterable<Omit<Series, 'host'>>} measure
 * @returns {Promise<Series[]>}
 *
 * @typedef {import('./ratios.js').Series} Series
 */
export async function inGroups(module, openers, measure) {
  const all = new Map()
  for (let group = 0; group < GROUPS; group += 1) {
    for await (const host of hosts(module, openers)) {
      if (host.skipped) all.set(host.name, { host: host.name, skipped: host.skipped })
      else for await (const series of measure(host)) add(all, { host: host.name, ...series })
    }
  }
  return [...all.values()]
}

function add(all, series) {
  const name = `${series.host}, ${series.task}`
  const former = all.get(name)
  if (!former) {
    all.set(name, series)
    return
  }
  for (const [contender, samples] of Object.entries(series.samples)) {
    former.samples[contender].push(...samples)
  }
}
