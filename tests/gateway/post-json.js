/** Posts a value as JSON. */
export function postJson(endpoint, value, headers = {}) {
  return fetch(endpoint, {
    method: 'POST',
    body: JSON.stringify(value),
    headers: {
      Authorization: 'token local-token',
      'Content-Type': 'application/json',
      ...headers,
    },
  })
}
