import { short, table, verdict } from './markdown.js'
import { median } from './rounds.js'

/**
 * What was measured in one series of rounds, and what it is to show. Where a host is not on this
 * machine there is only its name and the reason why it was `skipped`.
 *
 * @typedef {object} Series
 * @property {string} host
 * @property {string} [skipped]
 * @property {string} task
 * @property {Record<string, number[]>} samples ms by contender
 * @property {Comparison[]} goals
 *
 * @typedef {object} Comparison
 * @property {string} contender
 * @property {Record<string, number>} of the contenders it is compared with, each with how much of it
 * @property {number} [limit] the most that the ratio may be, where that is a goal
 */

/**
 * A Markdown table for each host, with a row for each comparison.
 *
 * @param {Series[]} all
 */
export function ratioTables(all) {
  const names = [...new Set(all.map(({ host }) => host))]
  const sections = names.map((name) => {
    const series = all.filter(({ host }) => host === name)
    const [{ skipped }] = series
    return `### ${name}\n\n${skipped ? `Skipped: ${skipped}.` : ratioTable(series)}`
  })
  return sections.join('\n\n')
}

function ratioTable(series) {
  const rows = series.flatMap((each) => each.goals.map((goal) => row(each, goal)))
  return table(['', '', 'compared with', 'ratio:', 'goal:', ''], rows)
}

/**
 * The median of a contender, by those of what it is compared with.
 *
 * @param {Series['samples']} samples
 * @param {Comparison} comparison
 */
export function ratioOf(samples, { contender, of }) {
  const parts = Object.entries(of)
  const whole = parts.reduce((sum, [name, times]) => sum + times * median(samples[name]), 0)
  return median(samples[contender]) / whole
}

function row({ task, samples }, { contender, of, limit }) {
  const shown = (name) => `${name} ${short(median(samples[name]))} ms`
  const parts = Object.entries(of)
  const compared = parts.map(([name, times]) => (times === 1 ? '' : `${times} × `) + shown(name))
  const ratio = ratioOf(samples, { contender, of })
  const goal = limit === undefined ? ['', ''] : [limit.toFixed(2), verdict(ratio <= limit)]
  return [task, shown(contender), compared.join(' + '), ratio.toFixed(2), ...goal]
}
