import { Busboy } from '@fastify/busboy'
import createError from 'http-errors'
import { MAX_FILE_SIZE } from './limits.js'

/** The form fields that are text, and the meaning of each value. */
const FIELDS = new Map([
  ['pin', new Map(Object.entries({ true: true, false: false }))],
  ['version', new Map(Object.entries({ 0: 0, 1: 1 }))],
])

/**
 * Reads a multipart form with one file in the field `file`. The file is buffered until the form has
 * ended: `version` may follow it, and nothing of an incomplete form is stored.
 *
 * @param {import('express').Request} request
 * @returns {Promise<{ bytes: Buffer, filename: string, pin?: boolean, version?: 0 | 1 }>}
 *   rejects with 400 for an invalid form, 413 for a file larger than the limit
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
        if (size > MAX_FILE_SIZE) refuse(413, `The file is larger than ${MAX_FILE_SIZE} bytes`)
        else chunks.push(chunk)
      })
      if (name !== 'file')
        refuse(400, `Unknown file field "${name}". The file must be in the field "file"`)
      if (chunks) refuse(400, 'Send only one file')
      chunks = []
      filename = originalName
    })
    form.on('field', (name, text) => {
      if (name === 'file') return refuse(400, 'The field "file" must be a file, not text')
      if (!FIELDS.has(name))
        return refuse(400, `Unknown field "${name}". The fields are file, pin and version`)
      if (!FIELDS.get(name).has(text))
        return refuse(400, `${name} must be ${[...FIELDS.get(name).keys()].join(' or ')}`)
      if (name in values) return refuse(400, `The field "${name}" is sent twice`)
      values[name] = FIELDS.get(name).get(text)
    })
    form.on('error', (error) => refuse(400, error.message))
    form.on('finish', () => {
      if (chunks) resolve({ ...values, bytes: Buffer.concat(chunks), filename })
      else refuse(400, 'The field "file" is missing')
    })
    request.on('error', () => refuse(400, 'The body is incomplete'))
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
