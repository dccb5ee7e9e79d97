const opened = new Promise((resolve, reject) => {
  const request = indexedDB.open('numbers-pin', 1)
  request.onupgradeneeded = () =>
    request.result.createObjectStore('pins', { keyPath: 'id', autoIncrement: true })
  request.onsuccess = () => resolve(request.result)
  request.onerror = () => reject(request.error)
})
// Where a browser forbids storage, every call below says so.
opened.catch(() => {})

/** Runs one request; what it wrote is on the disk when this resolves. */
async function run(mode, act) {
  const database = await opened
  return new Promise((resolve, reject) => {
    const transaction = database.transaction('pins', mode, { durability: 'strict' })
    const request = act(transaction.objectStore('pins'))
    transaction.oncomplete = () => resolve(request.result)
    transaction.onabort = () => reject(transaction.error)
  })
}

/** @returns {Promise<import('../pins/record.js').PinRecord[]>} the oldest first */
export const readAll = () => run('readonly', (pins) => pins.getAll())

/** @param {import('../pins/record.js').PinRecord} record @returns {Promise<number>} its `id` */
export const keep = (record) => run('readwrite', (pins) => pins.put(record))

/**
 * Keeps what is new of a record, unless it was never kept or was deleted meanwhile, be it in another
 * tab.
 *
 * @param {import('../pins/record.js').PinRecord} record
 */
export const renew = (record) =>
  run('readwrite', (pins) => {
    const request = pins.getKey(record.id)
    request.onsuccess = () => request.result && pins.put(record)
    return request
  })

/** @param {number} id */
export const forget = (id) => run('readwrite', (pins) => pins.delete(id))
