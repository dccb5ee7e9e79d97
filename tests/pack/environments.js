import { built } from './built.js'
import { bundled } from './bundlers.js'
import { compilers } from './compilers.js'
import { frameworks } from './frameworks.js'
import { hosts } from './hosts.js'
import { managers } from './managers.js'
import { next } from './next.js'
import { pages } from './pages.js'
import { runners } from './runners.js'

/**
 * An environment in which the package is tested as its users have it.
 *
 * @typedef {object} Environment
 * @property {string} tool
 * @property {number | string} [release] of the tool, where its releases differ
 * @property {string} way how the tool is used
 * @property {() => string | undefined | Promise<string | undefined>} [missing] what it needs that
 *   is not installed here; what comes from npm is never missing
 * @property {(place: Place) => Promise<string>} version the version that the tool prints
 * @property {Record<string, string>} [files] other files of the project than the programs, by path
 * @property {string} [specifier] by which the programs import the package
 * @property {string} [folder] of the project, that is the site
 * @property {boolean} [reloads] whether it may reload a page that orders, because it has found a dependency
 * @property {(place: Place) => Promise<Ends | Ends[]>} run runs the programs, and resolves to the results of their orders
 *
 * @typedef {object} Place
 * @property {import('node:test').TestContext} t
 * @property {string} project its folder
 * @property {Awaited<ReturnType<import('../../www/gateway/server.js').startGateway>>} gateway serves
 *   its files too
 *
 * @typedef {import('./programs/use.js').Ends} Ends
 */

/** @type {Environment[]} */
export const environments = [
  ...hosts,
  ...pages,
  ...bundled,
  ...next,
  ...frameworks,
  ...built,
  ...managers,
  ...runners,
  ...compilers,
]

/** The name of an environment. */
export function nameOf({ tool, release, way }) {
  return `${[tool, release].filter(Boolean).join(' ')}: ${way}`
}

/** Groups values by `keyOf`, in their order. */
export function grouped(values, keyOf) {
  const groups = new Map()
  for (const value of values) groups.set(keyOf(value), [...(groups.get(keyOf(value)) ?? []), value])
  return groups
}
