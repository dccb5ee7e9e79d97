import cors from 'cors'

/**
 * Cross-origin answers of the service's host. Its documented method list is the default of this
 * very package, which also reflects the headers a preflight asks for.
 */
export const serviceCors = cors()

/** Cross-origin answers of a public IPFS gateway, as boxo gives them: no `Authorization`. */
export const gatewayCors = cors({
  methods: ['GET', 'HEAD', 'OPTIONS'],
  allowedHeaders: ['Content-Type', 'User-Agent', 'Range', 'X-Requested-With'],
  exposedHeaders: ['Content-Length', 'Content-Range', 'ETag', 'X-Ipfs-Path', 'X-Ipfs-Roots'],
})
