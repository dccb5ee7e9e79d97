// The API page: "Cost: 0.025 NUM + Gas (~0.004 NUM per transaction) per file per month. No Gas is
// required if paid with Credits." In thousandths of a NUM, so that sums are exact.
const PIN = 25
const GAS = 4

const num = (files, thousandths) => `${(files * thousandths) / 1000} NUM`

const monthly = (files) => `${num(files, PIN)} + about ${num(files, GAS)} gas a month`

/**
 * The price of one file as text.
 *
 * @param {{ free: boolean, pin: boolean }} settings
 */
export function price({ free, pin }) {
  if (free) return 'Free here.'
  return pin ? `${monthly(1)}.` : 'No charge for what is not kept pinned.'
}

/** The price of several files as text, with its conditions. */
export function totalPrice(files, { free, pin }) {
  if (free) return `Free here. At Numbers ${monthly(files)}.`
  return pin
    ? `${monthly(files)}. No gas if paid with Credits.`
    : 'Numbers charges only for files that it keeps pinned.'
}
