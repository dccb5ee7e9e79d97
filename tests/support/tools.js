import { fileURLToPath } from 'node:url'

/** The path of a file of the packages that are installed in `tests/pack`. */
export function tool(path) {
  return fileURLToPath(new URL(`../pack/node_modules/${path}`, import.meta.url))
}

/** The Node that runs the tools: some of them need a newer one than the package does. */
export const NODE = tool('node-24/bin/node')
