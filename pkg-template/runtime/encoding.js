import { native } from './value.js'

/**
 * Take the place of the globals in the glue: in Jest, jsdom has neither, but Node's are there.
 *
 * Report: jsdom #2524. Test: `tests/pack/jest.js`. Delete when jest-environment-jsdom has them.
 */
export function TextDecoder(...options) {
  return new (native('TextDecoder', 'util'))(...options)
}

export function TextEncoder() {
  return new (native('TextEncoder', 'util'))()
}
