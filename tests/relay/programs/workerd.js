import { relays } from './relays.js'

export default { fetch: (request, { ENDPOINT }) => relays(ENDPOINT)(request) }
