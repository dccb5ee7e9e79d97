// Prints blocks that look like nodes of files, most of them damaged, and what `@ipld/dag-pb` and
// `ipfs-unixfs` read in them: a line each, of the block in hex, and of `-` or the data in hex, and each link:
// version, codec and multihash of its CID, and the size of what it links to.
//
//   node tests/support/nodes.js SEED COUNT
import { once } from 'node:events'
import * as dagPb from '@ipld/dag-pb'
import { UnixFS } from 'ipfs-unixfs'
import { randomFrom } from './random.js'

const [seed, count] = process.argv.slice(2).map(Number)
const random = randomFrom(seed)
const oneIn = (many) => random(many) === 0
const pick = (values) => values[random(values.length)]
const bytes = (length) => Array.from({ length }, () => random(256))
const times = (most, make) => Array.from({ length: random(most + 1) }, make).flat()

/** A varint, now and then of more bytes than it needs, or of bits that a number of JavaScript has not. */
function varint(number) {
  const out = []
  let rest = BigInt(number)
  if (oneIn(300)) rest |= BigInt(random(1 << 30)) << BigInt(pick([28, 32, 35, 49, 60]))
  for (; rest > 127n; rest >>= 7n) out.push(Number(rest & 127n) | 128)
  out.push(Number(rest))
  if (oneIn(100)) {
    const most = pick([2, 5, 9, 10, 11])
    while (out.length < most) {
      out[out.length - 1] |= 128
      out.push(oneIn(40) ? random(128) : 0)
    }
  }
  return out
}

const field = (number, wire, value) => [...varint(number * 8 + wire), ...value]
const framed = (value) => [
  ...varint(Math.max(0, value.length + (oneIn(200) ? random(5) - 2 : 0))),
  ...value,
]
const number = () =>
  varint(pick([random(2), random(300), random(1 << 30), 2 ** 31 * random(1 << 20)]))

/** A field of any kind, groups among them. */
function unknown(depth = 0) {
  const name = pick([0, 1, 2, 3, 9, 15, 16, 100, 5000])
  const wire = depth < 4 ? random(8) : random(3)
  const value = [
    number,
    () => bytes(8),
    () => framed(bytes(random(6))),
    () => [...times(3, () => unknown(depth + 1)), ...(oneIn(6) ? [] : field(name, 4, []))],
    () => [],
    () => bytes(4),
    () => [],
    () => bytes(random(4)),
  ][wire]()
  return field(name, wire, value)
}

function hash() {
  const digest = pick([
    [0x12, ...varint(32), ...bytes(32)],
    [0x12, ...varint(32), ...bytes(32)],
    [0x12, 32, ...bytes(32)],
    [...varint(pick([0, 0x12, 0x13, 0xb220])), ...framed(bytes(random(70)))],
  ])
  return pick([
    digest,
    [...varint(1), ...varint(pick([0x55, 0x70, 0x71, 0x0129])), ...digest],
    [1, ...varint(pick([0x55, 0x70])), ...digest],
    [1, pick([0x55, 0x70]), ...digest],
    [...varint(oneIn(3) ? random(3) : 1), ...varint(pick([0x55, 0x70])), ...digest],
  ])
}

function link() {
  const fields = [
    field(1, 2, framed(hash())),
    ...(oneIn(3) ? [] : [field(2, 2, framed(oneIn(8) ? bytes(random(5)) : []))]),
    ...(oneIn(3) ? [] : [field(3, oneIn(80) ? random(8) : 0, number())]),
  ]
  return disordered(fields)
}

function time() {
  const fields = [field(1, 0, number()), field(2, 5, bytes(4))]
  return disordered(fields)
}

function file(links) {
  const one = (name) => () => field(name, oneIn(40) ? random(8) : 0, number())
  const fields = [
    ...(oneIn(12)
      ? []
      : [field(1, 0, oneIn(15) ? number() : [pick([0, 2, 2, 2, 2, 1, 3, 4, 5, 6])])]),
    ...(oneIn(3) ? [] : [field(2, 2, framed(bytes(random(20))))]),
    ...(oneIn(4) ? [] : [field(3, 0, number())]),
    ...Array.from({ length: oneIn(20) ? random(4) : links }, one(4)),
    ...(oneIn(6) ? [one(pick([5, 6, 7]))()] : []),
    ...(oneIn(6) ? [field(8, 2, framed(time()))] : []),
  ]
  return disordered(fields)
}

/** The fields in a row; now and then one is missing, there twice, elsewhere, or unknown. */
function disordered(fields) {
  if (oneIn(40)) fields.splice(random(fields.length), 1)
  if (oneIn(25) && fields.length > 0) fields.splice(random(fields.length), 0, pick(fields))
  if (oneIn(40)) fields.reverse()
  if (oneIn(25)) fields.splice(random(fields.length + 1), 0, unknown())
  return fields.flat()
}

function node() {
  const links = Array.from({ length: oneIn(3) ? 0 : random(4) }, () => field(2, 2, framed(link())))
  const data = field(1, oneIn(80) ? random(8) : 2, framed(file(links.length)))
  return disordered(oneIn(6) ? [data, ...links] : [...links, data])
}

function damaged(block) {
  if (!oneIn(3)) return block
  for (let turn = 0; turn <= random(2); turn += 1) {
    const at = random(block.length)
    pick([
      () => (block[at] ^= 1 << random(8)),
      () => (block[at] = random(256)),
      () => block.splice(at, 1 + random(4)),
      () => block.splice(at, 0, ...bytes(1 + random(4))),
      () => block.splice(at, 0, ...block.slice(random(block.length), random(block.length))),
      () => (block.length = at),
    ])()
  }
  return block
}

const any = () => (oneIn(20) ? bytes(random(24)) : damaged(node()))

const hex = (value) => Buffer.from(value).toString('hex')

/** What the other implementations read, as the exporter uses it: as many sizes as links. */
function read(block) {
  try {
    const { Data, Links } = dagPb.decode(block)
    const { type, data, blockSizes } = UnixFS.unmarshal(Data)
    if (!['raw', 'file'].includes(type) || blockSizes.length !== Links.length) return '-'
    const links = Links.map(({ Hash: { version, code, multihash } }, index) => {
      const codec = Number.isSafeInteger(code) ? code : 'more'
      return [version, codec, hex(multihash.bytes), blockSizes[index]].join(':')
    })
    return [hex(data ?? []), ...links].join(' ')
  } catch {
    return '-'
  }
}

for (let done = 0; done < count;) {
  let lines = ''
  for (const end = Math.min(count, done + 1000); done < end; done += 1) {
    const block = Uint8Array.from(any())
    lines += `${hex(block)}\t${read(block)}\n`
  }
  if (!process.stdout.write(lines)) await once(process.stdout, 'drain')
}
