const ADVICE = [
  [
    /ENOTFOUND|EAI_AGAIN/,
    'The hostname cannot be resolved (DNS): check the network, or set HTTPS_PROXY if it needs a proxy',
  ],
  [
    /CERT|SIGNED|UNABLE_TO_|TLS|SSL/,
    'TLS fails: check the clock; for a company that inspects TLS, set NODE_EXTRA_CA_CERTS to its CA',
  ],
  [/proxy/i, 'Check the variables HTTPS_PROXY and NO_PROXY'],
]

/**
 * What a check has thrown, as its result.
 *
 * @param {Error} error
 * @returns {import('./index.js').Result}
 */
export function toFailure(error) {
  // The innermost cause is the most specific. Of several addresses the first one is shown.
  const cause = error.cause ?? error.errors?.[0]
  if (cause instanceof Error) return toFailure(cause)
  const { code, message } = error
  const found = !code || message.includes(code) ? message : `${code} ${message}`
  const [, advice] = ADVICE.find(([pattern]) => pattern.test(found)) ?? []
  return {
    state: 'fails',
    found,
    advice: advice ?? 'Check the network: a firewall may be in the way, or a proxy may be needed',
  }
}
