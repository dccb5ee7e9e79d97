import { MAX_DISCARDED } from './limits.js'

/**
 * Reads and discards the rest of the body if the response is sent before it has arrived. Closing the
 * connection would reset it, and a client that is still sending might never see the response.
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
