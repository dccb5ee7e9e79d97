const moment = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
})

const date = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' })

/** Formats a time in ms as a day and a time of day, with the year if it is not this one. */
export function when(time) {
  const [then, now] = [time, Date.now()].map((time) => new Date(time).getFullYear())
  return then === now ? moment.format(time) : `${moment.format(time)}, ${then}`
}

/** Formats a date such as `2026-11-28`: `28 Nov 2026`. */
export const day = (iso) => date.format(new Date(iso))
