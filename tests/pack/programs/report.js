/** The URLs that orders and their results are sent to, also from a frame. */
export const settings = () => Object.fromEntries(new URLSearchParams(top.location.search))

/** Navigates the page to the report, which no Content-Security-Policy forbids. */
export function report(ends) {
  location.replace(`${settings().report}?${encodeURIComponent(JSON.stringify(ends))}`)
}
