/** @param {number} time in ms @returns {Promise<void>} */
export const after = (time) => new Promise((resolve) => setTimeout(resolve, time))
