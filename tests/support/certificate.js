import { generate } from 'selfsigned'

let created

/** A certificate for 127.0.0.1, as the options of a server. Created once, because it takes long. */
export const certificate = () => (created ??= make())

async function make() {
  const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }])
  return { key, cert }
}
