/** A file to choose. Its default content is its name. */
export const text = (name, content = name) => ({
  name,
  mimeType: 'text/plain',
  buffer: Buffer.from(content),
})

/** The SHA-256 of "hello" as a CID. */
export const CID = 'bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4yeq'

/** The CID of version 0 of "hello", as `ipfs add --only-hash` prints it. */
export const OLDER = 'QmWfVY9y3xjsixTgbd9AorQxH7VtMpzfx2HaWtsoUYecaX'

/** The CID of version 0 of "hello world\n", as `ipfs add --only-hash` prints it. */
export const OTHER = 'QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o'
