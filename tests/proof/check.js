import { cidOf, verify } from '../../pkg/index.js'

/** The checks of a row, in Node or in a page. They report differences. */
export const CHECKS = {
  async cidOf({ profile, cid }, source) {
    const computed = await cidOf(source, { profile })
    return computed === cid ? [] : [`cidOf by ${profile}: ${computed}, not ${cid}`]
  },
  async verify({ cid, verifiedAs }, source) {
    const { verified, profile } = await verify(source, cid)
    const good = verified ? verifiedAs.includes(profile) : verifiedAs.length + (profile ?? 0) === 0
    return good ? [] : [`verify ${cid}: ${verified} as ${profile}, not as ${verifiedAs}`]
  },
}

/** The kinds of sources. */
const SOURCES = {
  bytes: (bytes) => bytes,
  ArrayBuffer: (bytes) => bytes.slice().buffer,
  Blob: (bytes) => new Blob([bytes]),
  stream: (bytes) => new Blob([bytes]).stream(),
  Response: (bytes) => new Response(bytes),
}

const TRIALS = Object.keys(SOURCES).flatMap((source) =>
  Object.keys(CHECKS).map((check) => ({ check, source })),
)

let turn = 0

/**
 * Checks a vector in Node or in a page.
 *
 * @param {import('../support/vectors.js').Vector} vector
 * @param {Uint8Array} bytes
 * @param {boolean} [each] whether each row is checked in every way, not only in the next one
 * @returns {Promise<string[]>} the differences
 */
export async function check({ content, size, rows }, bytes, each = false) {
  const wrong = []
  for (const row of rows) {
    // `cidOf` does not support parameters of other implementations.
    const trials = TRIALS.filter(({ check }) => row.profile || check === 'verify')
    turn += 1
    for (const { check, source } of each ? trials : [trials[turn % trials.length]])
      for (const difference of await CHECKS[check](row, SOURCES[source](bytes)))
        wrong.push(`${JSON.stringify(content)}, ${size} as ${source}: ${difference}`)
  }
  return wrong
}
