import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from './browsers.js'
import { answered } from './hosts.js'
import { shown } from './pages.js'
import { NODE, tool } from '../support/tools.js'
import { run, serve, versionOf } from './tools.js'

/** What a page does, once it is shown. */
const PAGE = (src) => `import { PinError, pin } from 'numbers-pin'
import { report, settings } from '${src}/report.js'
import { use } from '${src}/use.js'
const order = () => use({ PinError, pin }, settings().endpoint).then(report)
`

/** What a server answers to a request for \`/order\`. */
const SERVER = (src) => `import { PinError, pin } from 'numbers-pin'
import { use } from '${src}/use.js'
const order = (url) => use({ PinError, pin }, new URL(url).searchParams.get('endpoint'))
`

/** Where the tools are: Vite's development server reads no other files than those of the project. */
const IN_WORKSPACE = "server: { fs: { allow: ['../..'] } }"

/** Any free port. */
const PORT = ['--port', '0']

/** Any free port, of this machine only. */
const started = (...server) => ['env', 'HOST=127.0.0.1', 'PORT=0', NODE, ...server]

/**
 * Frameworks, each with a page that its server renders first, and an answer of the server.
 *
 * @type {import('./environments.js').Environment[]}
 */
export const frameworks = [
  ...framework('SvelteKit', 3, '@sveltejs/kit', {
    files: {
      'vite.config.js': `import { sveltekit } from '@sveltejs/kit/vite'
export default { plugins: [sveltekit()] }
`,
      'src/app.html': '<!doctype html><head>%sveltekit.head%</head><body>%sveltekit.body%</body>',
      'src/routes/+page.svelte': `<script>
import { onMount } from 'svelte'
${PAGE('..')}
onMount(() => void order())
</script>`,
      'src/routes/order/+server.js': `${SERVER('../..')}
export const GET = async ({ url }) => Response.json(await order(url))
`,
    },
    develop: [tool('vite/bin/vite.js'), 'dev', ...PORT],
    build: [tool('vite/bin/vite.js'), 'build'],
    start: [NODE, tool('vite/bin/vite.js'), 'preview', ...PORT],
  }),
  ...framework('Nuxt', 4, 'nuxt', {
    files: {
      'nuxt.config.ts':
        "export default defineNuxtConfig({ telemetry: false, compatibilityDate: '2026-07-01' })\n",
      'app/app.vue': `<script setup>
${PAGE('../src')}
onMounted(order)
</script>
<template><p /></template>
`,
      'server/routes/order.ts': `${SERVER('~~/src')}
export default defineEventHandler((event) => order('http://localhost' + event.path))
`,
    },
    develop: [tool('nuxt/bin/nuxt.mjs'), 'dev', ...PORT],
    build: [tool('nuxt/bin/nuxt.mjs'), 'build'],
    start: started('.output/server/index.mjs'),
  }),
  ...framework('Astro', 7, 'astro', {
    files: {
      'astro.config.mjs': `import node from '@astrojs/node'
export default { output: 'server', adapter: node({ mode: 'standalone' }) }
`,
      'src/pages/index.astro': `<script>
${PAGE('..')}
order()
</script>
`,
      'src/pages/order.js': `${SERVER('..')}
export const GET = async ({ request }) => Response.json(await order(request.url))
`,
    },
    develop: [tool('astro/bin/astro.mjs'), 'dev', ...PORT],
    build: [tool('astro/bin/astro.mjs'), 'build'],
    start: started('dist/server/entry.mjs'),
  }),
  ...framework('React Router', 8, 'react-router', {
    files: {
      'vite.config.js': `import { reactRouter } from '@react-router/dev/vite'
export default { plugins: [reactRouter()], ${IN_WORKSPACE} }
`,
      'react-router.config.js': 'export default {}\n',
      'app/root.jsx': `import { Outlet, Scripts } from 'react-router'
export default () => <html><body><Outlet /><Scripts /></body></html>
`,
      'app/routes.js': `import { index, route } from '@react-router/dev/routes'
export default [index('page.jsx'), route('order', 'order.js')]
`,
      'app/page.jsx': `import { useEffect } from 'react'
${PAGE('../src')}
export default function Page() {
  useEffect(() => void order(), [])
  return null
}
`,
      'app/order.js': `${SERVER('../src')}
export const loader = async ({ request }) => Response.json(await order(request.url))
`,
    },
    // Otherwise it installs this one automatically.
    dependencies: { isbot: '5' },
    develop: [tool('@react-router/dev/bin.cjs'), 'dev', ...PORT],
    build: [tool('@react-router/dev/bin.cjs'), 'build'],
    // With port 0 it says 0; without one it finds a free port.
    start: [
      'env',
      'HOST=127.0.0.1',
      NODE,
      tool('@react-router/serve/bin.cjs'),
      'build/server/index.js',
    ],
  }),
  ...angular('with zone.js', ['zone.js']),
  ...angular('without zone.js', []),
  ...framework('TanStack Start', 1, '@tanstack/react-start', {
    files: {
      'vite.config.js': `import { tanstackStart } from '@tanstack/react-start/plugin/vite'
import react from '@vitejs/plugin-react'
export default { plugins: [tanstackStart(), react()], ${IN_WORKSPACE} }
`,
      'src/router.jsx': `import { createRouter } from '@tanstack/react-router'
import { routeTree } from './routeTree.gen'
export const getRouter = () => createRouter({ routeTree })
`,
      'src/routes/__root.jsx': `import { HeadContent, Outlet, Scripts, createRootRoute } from '@tanstack/react-router'
export const Route = createRootRoute({
  component: () => <html><head><HeadContent /></head><body><Outlet /><Scripts /></body></html>,
})
`,
      'src/routes/index.jsx': `import { createFileRoute } from '@tanstack/react-router'
import { useEffect } from 'react'
${PAGE('..')}
function Page() {
  useEffect(() => void order(), [])
  return null
}
export const Route = createFileRoute('/')({ component: Page })
`,
      'src/routes/order.js': `import { createFileRoute } from '@tanstack/react-router'
${SERVER('..')}
const GET = async ({ request }) => Response.json(await order(request.url))
export const Route = createFileRoute('/order')({ server: { handlers: { GET } } })
`,
    },
    develop: [tool('vite/bin/vite.js'), 'dev', ...PORT],
    build: [tool('vite/bin/vite.js'), 'build'],
    start: [NODE, tool('vite/bin/vite.js'), 'preview', ...PORT],
  }),
]

/** A page alone, by the builder of its command line. */
function angular(way, polyfills) {
  const options = {
    browser: 'src/main.ts',
    index: 'src/index.html',
    tsConfig: 'tsconfig.json',
    outputPath: 'dist',
    polyfills,
  }
  const architect = {
    build: { builder: '@angular/build:application', options },
    serve: { builder: '@angular/build:dev-server', options: { buildTarget: 'app:build' } },
  }
  const app = { projectType: 'application', root: '', sourceRoot: 'src', architect }
  const compilerOptions = { target: 'ES2022', module: 'preserve', allowJs: true, types: [] }
  const environment = {
    tool: 'Angular',
    release: 22,
    version: () => versionOf('@angular/core'),
    folder: 'dist/browser',
    files: {
      'angular.json': JSON.stringify({ version: 1, cli: { analytics: false }, projects: { app } }),
      'tsconfig.json': JSON.stringify({ compilerOptions, files: ['src/main.ts'] }),
      'src/index.html': '<!doctype html><body><app-root></app-root>',
      'src/main.ts': `import { Component } from '@angular/core'
import { bootstrapApplication } from '@angular/platform-browser'
${PAGE('.')}
@Component({ selector: 'app-root', template: '' })
class App {
  ngOnInit() {
    order()
  }
}
bootstrapApplication(App)
`,
    },
  }
  const ng = [NODE, tool('@angular/cli/bin/ng.js')]
  return [
    {
      ...environment,
      way: `development, ${way}`,
      run: async (place) => shown(chromium, place, await serve(place, ...ng, 'serve', ...PORT)),
    },
    {
      ...environment,
      way: `build, ${way}`,
      async run(place) {
        await run(place.project, ...ng, 'build')
        return shown(chromium, place, place.gateway.url)
      },
    },
  ]
}

function framework(name, release, packageName, { files, dependencies, develop, build, start }) {
  const within = (way, reloads, address) => ({
    tool: name,
    release,
    way: `${way}, page and server`,
    reloads,
    version: () => versionOf(packageName),
    files,
    async run(place) {
      if (dependencies) await declare(place, dependencies)
      const site = await address(place)
      return [await answered(`${site}/order`, place), await shown(chromium, place, site)]
    },
  })
  return [
    within('development', true, (place) => serve(place, NODE, ...develop)),
    within('build', false, async (place) => {
      await run(place.project, NODE, ...build)
      return serve(place, ...start)
    }),
  ]
}

/** Adds packages, which are installed in the folder above, to the project's own. */
async function declare({ project }, dependencies) {
  const file = join(project, 'package.json')
  const manifest = JSON.parse(await readFile(file, 'utf8'))
  Object.assign(manifest.dependencies, dependencies)
  await writeFile(file, JSON.stringify(manifest))
}
