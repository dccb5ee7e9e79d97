// A worker that downloads and locates the CID of its path from the gateway of its query.
import { download, locate } from '../../../pkg/workerd.js'

export default {
  async fetch(request) {
    const { pathname, searchParams } = new URL(request.url)
    const options = { gateway: searchParams.get('gateway') }
    const cid = pathname.slice(1)
    const blob = await download(cid, options)
    return Response.json([await locate(cid, options), await blob.text()])
  },
}
