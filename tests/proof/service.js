import { serve } from '../support/server.js'

/** The token of the orders. */
const TOKEN = 'Capture-Token.4f1c9a7be2d05836'

/**
 * A service that accepts every order and responds as the test defines.
 *
 * @param {import('node:test').TestContext} t
 * @param {object | import('node:http').RequestListener} answer the fields of a receipt, or what to
 *   do when the order has been read
 * @returns {Promise<{ options: import('../../pkg/index.js').PinOptions, requests: object[] }>}
 */
export async function service(t, answer) {
  const reply = typeof answer === 'function' ? answer : receipt(answer)
  const { url, requests } = await serve(t, (request, response) => {
    request.resume().on('end', () => reply(request, response))
  })
  return { options: { endpoint: url, token: TOKEN }, requests }
}

function receipt(fields) {
  return (request, response) => {
    response.setHeader('Content-Type', 'application/json')
    response.end(JSON.stringify(fields))
  }
}
