import { PinError, pin } from 'numbers-pin'
import { use } from './use.js'

export default {
  async fetch(request) {
    const endpoint = new URL(request.url).searchParams.get('endpoint')
    return Response.json(await use({ PinError, pin }, endpoint))
  },
}
