import { PinError, pin } from 'numbers-pin'
import { use } from '../../use.js'

export async function GET({ nextUrl }) {
  return Response.json(await use({ PinError, pin }, nextUrl.searchParams.get('endpoint')))
}
