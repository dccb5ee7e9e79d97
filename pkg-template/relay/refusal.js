/** The relay's own response to a request that it does not forward. */
export class Refusal extends Error {
  constructor(status, message, headers) {
    super(message)
    this.status = status
    this.headers = headers
  }

  toResponse() {
    const { status, message, headers } = this
    return Response.json({ error: message }, { status, headers: { ...headers, ...NO_SNIFFING } })
  }
}

/** Keeps browsers from taking a response for a page or a script. */
export const NO_SNIFFING = { 'X-Content-Type-Options': 'nosniff' }
