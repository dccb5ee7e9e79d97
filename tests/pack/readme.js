import { readFile } from 'node:fs/promises'
import { IN_WORKER } from './bundlers.js'
import { environments, grouped } from './environments.js'

/** The lines of the table of environments in `README.md` here, without the spaces that align it. */
export async function linesInReadme() {
  const readme = await readFile(new URL('README.md', import.meta.url), 'utf8')
  const [, section] = /# Where it runs\n(.*?)\n## /s.exec(readme)
  const lines = section.split('\n').filter((line) => line.startsWith('|'))
  return lines.slice(2).map((line) => line.replace(/ +/g, ' '))
}

/** The expected lines: one per tool, with its releases and the ways in which it is used. */
export function linesOfEnvironments() {
  const lines = new Map()
  for (const [tool, releases] of grouped(environments, ({ tool }) => tool)) {
    for (const [release, ways] of grouped(releases, ({ release }) => release)) {
      const how = together(ways.map(({ way }) => way))
      const key = `${tool}|${how}`
      lines.set(key, { tool, how, releases: [...(lines.get(key)?.releases ?? []), release] })
    }
  }
  return [...lines.values()].map(
    ({ tool, how, releases }) => `| ${`${tool} ${releases.join(', ')}`.trim()} | ${how} |`,
  )
}

function together(ways) {
  const alone = ways.filter((way) => !way.endsWith(IN_WORKER))
  if (alone.length * 2 > ways.length) return ways.join('; ')
  return `${alone.join('; ')}; each also in a worker`
}
