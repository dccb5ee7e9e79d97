import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exactSize, roundedSize } from '../../www/page/lib/size.js'

test('sizes are rounded to one decimal of kB, MB and GB of 1000', () => {
  const sizes = {
    0: '0 bytes',
    1: '1 byte',
    999: '999 bytes',
    1000: '1.0 kB',
    141_802: '141.8 kB',
    999_949: '999.9 kB',
    999_950: '1.0 MB',
    26_214_400: '26.2 MB',
    3_000_000_000: '3.0 GB',
    5_000_000_000_000: '5000.0 GB',
  }
  for (const [bytes, text] of Object.entries(sizes)) assert.equal(roundedSize(Number(bytes)), text)
})

test('exact sizes are grouped by thousands', () => {
  assert.equal(exactSize(26_214_400), '26,214,400 bytes')
})
