import { chromium } from './browsers.js'
import { answered } from './hosts.js'
import { shown } from './pages.js'
import { NODE, tool } from '../support/tools.js'
import { run, serve, versionOf } from './tools.js'

/** Its development server looks for updates on the network. Node sends such requests to this proxy. */
export const NEXT = [NODE, '--use-env-proxy', tool('next/dist/bin/next')]

/**
 * A page that the server renders first, and a response of the server.
 *
 * @type {import('./environments.js').Environment[]}
 */
export const next = [
  inNext('development', (place) => serve(place, ...NEXT, 'dev', '--port', '0')),
  inNext('production', async (place) => {
    await run(place.project, ...NEXT, 'build')
    return serve(place, ...NEXT, 'start', '--port', '0')
  }),
]

function inNext(way, address) {
  return {
    tool: 'Next.js',
    release: 16,
    way: `${way}, page and server`,
    version: () => versionOf('next'),
    async run(place) {
      const site = await address(place)
      return [await answered(`${site}/order`, place), await shown(chromium, place, site)]
    },
  }
}
