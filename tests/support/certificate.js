import { generate } from 'selfsigned'

/** Makes a certificate for 127.0.0.1, as the options of a server. */
export async function certificate() {
  const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }])
  return { key, cert }
}
