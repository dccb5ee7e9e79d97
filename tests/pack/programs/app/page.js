'use client'
import { PinError, pin } from 'numbers-pin'
import { useEffect } from 'react'
import { report, settings } from '../report.js'
import { use } from '../use.js'

let begun = false

export default function Page() {
  useEffect(() => {
    // React's development build runs every effect twice.
    if (begun) return
    begun = true
    use({ PinError, pin }, settings().endpoint).then(report)
  })
}
