import { PinError, pin } from 'numbers-pin'
import { use } from './use.js'

/** The types of the runtime, which have no tags in Workers of older dates. */
const MAKE = [
  (bytes) => bytes,
  (bytes) => new Blob([bytes]),
  (bytes) => new Response(bytes),
  (bytes) => new Response(bytes).body,
]

export default {
  async fetch(request) {
    const endpoint = new URL(new URL(request.url).searchParams.get('endpoint'))
    const uses = []
    for (const make of MAKE)
      uses.push(
        await use({ PinError, pin: (bytes, options) => pin(make(bytes), options) }, endpoint),
      )
    return Response.json(uses)
  },
}
