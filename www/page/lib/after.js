/** Resolves after a time in ms. @param {number} time @returns {Promise<void>} */
export const after = (time) => new Promise((resolve) => setTimeout(resolve, time))
