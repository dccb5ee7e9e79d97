import createError from 'http-errors'

/** Tokens that are rejected, with the status and message. Every other token is accepted. */
const REFUSED = new Map([
  ['wrong-token', [401, 'Unauthorized: the token is not valid']],
  ['forbidden-token', [403, 'Forbidden: the token may not pin']],
  ['broke-token', [402, 'Insufficient funds in the asset wallet']],
  // The sibling backend of the service reports an empty wallet as a bad request.
  ['broke-400-token', [400, 'Bad request: insufficient funds in the asset wallet']],
])

/** Accepts a request with a good token in `Authorization: token X`. */
export function requireToken(request, response, next) {
  const token = /^token +(\S+)$/i.exec(request.get('Authorization') ?? '')?.[1]
  if (!token) throw createError(401, 'Unauthorized: send "Authorization: token YOUR_CAPTURE_TOKEN"')
  const refusal = REFUSED.get(token)
  if (refusal) throw createError(...refusal)
  next()
}
