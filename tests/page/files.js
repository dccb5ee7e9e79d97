/** A file to choose. Its default content is its name. */
export const text = (name, content = name) => ({
  name,
  mimeType: 'text/plain',
  buffer: Buffer.from(content),
})

/** The SHA-256 of "hello" as a CID. */
export const CID = 'bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4yeq'
