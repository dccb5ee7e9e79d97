/** What no module can do without. */
export const ready = () => {}
