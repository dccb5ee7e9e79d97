import { hasUnsizedBlobs } from './quirks.js'
import { Breaks } from './timer.js'
import { callMethod, get, ignoreRejection, tag } from './value.js'

/** The sources of a batch, asked for one at a time. */
export class SourceIter {
  #breaks = new Breaks()
  #iterator
  #next
  /** Whether all sources are there already. Others may never end. */
  isList

  constructor(iterator, isList) {
    this.#iterator = iterator
    this.#next = iterator.next
    if (typeof this.#next !== 'function') throw new TypeError('The iterator has no `next`')
    this.isList = isList
  }

  /** Starts to iterate; `undefined` where a value cannot be iterated, or is a single source. */
  static open(sources) {
    if (isSingle(sources)) return undefined
    const asynchronous = get(sources, Symbol.asyncIterator)
    if (typeof asynchronous === 'function') return new SourceIter(asynchronous.call(sources), false)
    const synchronous = get(sources, Symbol.iterator)
    if (typeof synchronous !== 'function') return undefined
    return new SourceIter(synchronous.call(sources), Array.isArray(sources))
  }

  /** The next source, in an array since it may be a promise; `undefined` at the end. */
  async next() {
    await this.#breaks.take()
    const step = await this.#next.call(this.#iterator)
    if (Object(step) !== step) throw new TypeError('`next` returned no object')
    return step.done ? undefined : [step.value]
  }

  /** Tells the iterator that nothing more is wanted. */
  close() {
    ignoreRejection(callMethod(this.#iterator, 'return'))
  }
}

/** Whoever gives a stream wants a file pinned, not its chunks. */
function isSingle(value) {
  return (
    ArrayBuffer.isView(value) ||
    ['ReadableStream', 'Response'].includes(tag(value)) ||
    // A stream of Node's, of bytes.
    get(value, 'readableObjectMode') === false
  )
}

/**
 * The number of sources and of all their bytes, where they are known before: of an array. Other
 * iterables may be used up by asking.
 *
 * @returns {[number | undefined, number | undefined]}
 */
export function totals(sources) {
  if (tag(sources) !== 'Array') return []
  let bytes = 0
  for (const item of sources) bytes += sizeOf(tag(item) === 'Object' ? get(item, 'source') : item)
  return [sources.length, Number.isFinite(bytes) ? bytes : undefined]
}

function sizeOf(source) {
  const size = hasUnsizedBlobs() ? undefined : get(source, 'size')
  const bytes = size ?? get(source, 'byteLength')
  return typeof bytes === 'number' ? bytes : NaN
}
