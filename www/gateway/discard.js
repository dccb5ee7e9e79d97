import { MAX_DISCARDED } from './limits.js'

/**
 * Reads on, for nothing, when a request is answered before its body has arrived. Closing instead
 * would reset the connection, and a client that is still sending might never see the answer.
 */
export function discardRest(request, response, next) {
  response.once('finish', () => {
    let left = MAX_DISCARDED
    request.unpipe()
    request.on('data', (chunk) => {
      left -= chunk.length
      if (left < 0) request.socket.destroy()
    })
    request.resume()
  })
  next()
}
