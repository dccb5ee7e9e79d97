import { generate } from 'selfsigned'

let made

/** A certificate for 127.0.0.1, as the options of a server. It is made once, since that takes long. */
export const certificate = () => (made ??= make())

async function make() {
  const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }])
  return { key, cert }
}
