import { median } from './rounds.js'

/**
 * What was measured in one series of rounds, and what it is to show.
 *
 * @typedef {object} Series
 * @property {string} host
 * @property {string} task
 * @property {Record<string, number[]>} samples ms by contender
 * @property {Goal[]} goals
 *
 * @typedef {object} Goal
 * @property {string} contender
 * @property {Record<string, number>} of the contenders it is compared with, each with how much of it
 * @property {number} limit the most that the ratio may be
 */

/**
 * A Markdown table with a row for each goal.
 *
 * @param {Series[]} all
 */
export function ratioTable(all) {
  const rows = all.flatMap((series) => series.goals.map((goal) => row(series, goal)))
  return ['| | | beside | ratio | goal | |', '|---|---|---|--:|--:|---|', ...rows].join('\n')
}

function row({ host, task, samples }, { contender, of, limit }) {
  const shown = (name) => `${name} ${median(samples[name]).toPrecision(3)} ms`
  const parts = Object.entries(of)
  const beside = parts.map(([name, times]) => (times === 1 ? '' : `${times} × `) + shown(name))
  const whole = parts.reduce((sum, [name, times]) => sum + times * median(samples[name]), 0)
  const ratio = median(samples[contender]) / whole
  const cells = [
    `${host}: ${task}`,
    shown(contender),
    beside.join(' + '),
    ratio.toFixed(2),
    limit.toFixed(2),
    ratio <= limit ? 'met' : '**missed**',
  ]
  return `| ${cells.join(' | ')} |`
}
