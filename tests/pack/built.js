import { readFileSync } from 'node:fs'
import { tool, NODE } from '../support/tools.js'
import { ends, node } from './hosts.js'
import { commonJs } from './project.js'
import { run, versionOf } from './tools.js'

const COMMON_JS = JSON.stringify({ private: true })
const TYPESCRIPT = readFileSync(new URL('programs/service.ts', import.meta.url), 'utf8')
const INVOKE = `const [bundle, endpoint] = process.argv.slice(-2)
require(bundle).handler({ endpoint }).then((ends) => console.log(JSON.stringify(ends)))`

/** Programs for Node that are built first. @type {import('./environments.js').Environment[]} */
export const built = [
  compiled('commonjs', ['--module', 'commonjs', '--moduleResolution', 'node10'], 20),
  compiled('node16', ['--module', 'node16'], 24),
  {
    tool: 'AWS Lambda, Node 22',
    way: 'as its CDK bundles it',
    version: () => versionOf('esbuild'),
    async run({ project, gateway }) {
      const args = ['src/lambda.js', '--bundle', '--target=node22', '--platform=node']
      await run(project, tool('esbuild/bin/esbuild'), ...args, '--outfile=index.cjs')
      return ends(project, node(22), '--eval', INVOKE, './index.cjs', gateway.endpoint)
    },
  },
  ...['cjs', 'esm'].map((format) => ({
    tool: 'tsup',
    release: 9,
    way: format,
    version: () => versionOf('tsup'),
    async run({ project, gateway }) {
      const bundle = tool('tsup/dist/cli-default.js')
      await run(project, NODE, bundle, 'src/main.js', '--format', format)
      const main = format === 'esm' ? 'dist/main.js' : 'dist/main.cjs'
      return ends(project, node(22), main, gateway.endpoint)
    },
  })),
]

/** As NestJS does: `import` becomes `require()`. */
function compiled(way, flags, release) {
  return {
    tool: 'TypeScript 5.4 to CommonJS, as NestJS',
    way: `\`${way}\``,
    version: () => versionOf('typescript-5'),
    files: {
      'package.json': COMMON_JS,
      'src/use.cjs': commonJs('use.js'),
      'src/service.ts': TYPESCRIPT,
    },
    async run({ project, gateway }) {
      const tsc = tool('typescript-5/bin/tsc')
      const strict = ['--strict', '--target', 'es2022', '--typeRoots', 'node_modules/@types']
      await run(project, NODE, tsc, 'src/service.ts', ...strict, ...flags, '--outDir', 'src')
      return ends(project, node(release), 'src/service.js', gateway.endpoint)
    },
  }
}
