import { Busboy } from '@fastify/busboy'
import createError from 'http-errors'
import { MAX_FILE_SIZE } from './limits.js'

/** Form fields are text: what each may say, and what it means. */
const FIELDS = new Map([
  ['pin', new Map(Object.entries({ true: true, false: false }))],
  ['version', new Map(Object.entries({ 0: 0, 1: 1 }))],
])

/**
 * Reads a multipart form with one file in the field `file`. The file is held in memory until the
 * form has ended: `version` may follow it, and nothing is stored of a form that is cut short.
 *
 * @param {import('express').Request} request
 * @returns {Promise<{ bytes: Buffer, filename: string, pin?: boolean, version?: 0 | 1 }>}
 *   rejects with 400 for a form that is not as documented, 413 for a file over the limit
 */
export function readUpload(request) {
  return new Promise((resolve, reject) => {
    const form = newForm(request)
    const values = {}
    let chunks, filename

    const refuse = (status, message) => reject(createError(status, message))

    form.on('file', (name, stream, originalName) => {
      let size = 0
      stream.on('error', (error) => refuse(400, error.message))
      stream.on('data', (chunk) => {
        size += chunk.length
        if (size > MAX_FILE_SIZE) refuse(413, `The file is over ${MAX_FILE_SIZE} bytes`)
        else chunks.push(chunk)
      })
      if (name !== 'file') refuse(400, `Unknown file field "${name}"`)
      if (chunks) refuse(400, 'More than one file')
      chunks = []
      filename = originalName
    })
    form.on('field', (name, text) => {
      if (name === 'file') return refuse(400, 'The field "file" holds no file')
      if (!FIELDS.has(name)) return refuse(400, `Unknown field "${name}"`)
      if (!FIELDS.get(name).has(text)) return refuse(400, `Unknown value of "${name}"`)
      if (name in values) return refuse(400, `"${name}" is there twice`)
      values[name] = FIELDS.get(name).get(text)
    })
    form.on('error', (error) => refuse(400, error.message))
    form.on('finish', () => {
      if (chunks) resolve({ ...values, bytes: Buffer.concat(chunks), filename })
      else refuse(400, 'The field "file" is missing')
    })
    request.on('error', () => refuse(400, 'The body was cut short'))
    request.pipe(form)
  })
}

function newForm({ headers }) {
  try {
    return new Busboy({ headers })
  } catch (error) {
    throw createError(400, error.message)
  }
}
