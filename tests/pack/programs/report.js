/** The URLs that orders and their results are sent to, also from a frame. */
export const settings = () => Object.fromEntries(new URLSearchParams(top.location.search))

/** The page goes there itself: no policy of it stands in the way of that. */
export function report(ends) {
  location.replace(`${settings().report}?${encodeURIComponent(JSON.stringify(ends))}`)
}
