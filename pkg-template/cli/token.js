import { readFile } from 'node:fs/promises'
import { UsageError } from './usage-error.js'

/**
 * The Capture Token, of the file of `--token-file` or of the environment.
 *
 * @param {import('./args.js').Options} options
 * @returns {Promise<string>} rejects with a `UsageError`
 */
export async function readToken({ 'token-file': path }) {
  const text = path === undefined ? process.env.CAPTURE_TOKEN : await readTokenFile(path)
  const token = text?.trim()
  if (token) return token
  throw new UsageError(
    path === undefined
      ? 'No Capture Token: set the variable CAPTURE_TOKEN, or use --token-file'
      : `The token file "${path}" is empty`,
  )
}

async function readTokenFile(path) {
  try {
    return await readFile(path, 'utf8')
  } catch ({ code }) {
    throw new UsageError(`The token file "${path}" cannot be read (${code})`)
  }
}
