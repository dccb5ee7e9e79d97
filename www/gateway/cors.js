import cors from 'cors'

/**
 * CORS headers of the service's host. Its documented method list is the default of this package,
 * which also allows the headers that a preflight requests.
 */
export const serviceCors = cors()

/** CORS headers of a public IPFS gateway, as boxo sends them: no `Authorization`. */
export const gatewayCors = cors({
  methods: ['GET', 'HEAD', 'OPTIONS'],
  allowedHeaders: ['Content-Type', 'User-Agent', 'Range', 'X-Requested-With'],
  exposedHeaders: ['Content-Length', 'Content-Range', 'ETag', 'X-Ipfs-Path', 'X-Ipfs-Roots'],
})
