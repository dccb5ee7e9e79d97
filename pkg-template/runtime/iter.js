import { isUnsized } from './quirks.js'
import { Breaks } from './timer.js'
import { callMethod, get, ignoreRejection, tag } from './value.js'

/** Iterates the sources of a batch. */
export class SourceIter {
  #breaks = new Breaks()
  #iterator
  #next
  /** Whether the sources are an array. Other iterables may never end. */
  isList

  constructor(iterator, isList) {
    this.#iterator = iterator
    this.#next = iterator.next
    if (typeof this.#next !== 'function') throw new TypeError('The iterator has no `next`')
    this.isList = isList
  }

  /** Starts to iterate; `undefined` if the value is not iterable or is a single source. */
  static open(sources) {
    if (isSingle(sources)) return undefined
    const asynchronous = get(sources, Symbol.asyncIterator)
    if (typeof asynchronous === 'function') return new SourceIter(asynchronous.call(sources), false)
    const synchronous = get(sources, Symbol.iterator)
    if (typeof synchronous !== 'function') return undefined
    return new SourceIter(synchronous.call(sources), Array.isArray(sources))
  }

  /** Returns the next source in an array, because it may be a promise; `undefined` at the end. */
  async next() {
    await this.#breaks.take()
    const step = await this.#next.call(this.#iterator)
    if (Object(step) !== step) throw new TypeError('`next` returned no object')
    return step.done ? undefined : [step.value]
  }

  /** Ends the iterator early. */
  close() {
    ignoreRejection(callMethod(this.#iterator, 'return'))
  }
}

/** Whether a value is a single source that can be iterated: its chunks are not sources. */
function isSingle(value) {
  return (
    ArrayBuffer.isView(value) ||
    ['ReadableStream', 'Response'].includes(tag(value)) ||
    // A Node stream of bytes.
    get(value, 'readableObjectMode') === false
  )
}

/**
 * Returns the number of sources and the sum of their sizes, for an array. Other iterables can be read only
 * once.
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
  const size = isUnsized(source) ? undefined : get(source, 'size')
  const bytes = size ?? get(source, 'byteLength')
  return typeof bytes === 'number' ? bytes : NaN
}
