const opened = new Promise((resolve, reject) => {
  const request = indexedDB.open('numbers-pin', 1)
  request.onupgradeneeded = () =>
    request.result.createObjectStore('pins', { keyPath: 'id', autoIncrement: true })
  request.onsuccess = () => resolve(request.result)
  request.onerror = () => reject(request.error)
})
// A browser that forbids storage makes every call below reject.
opened.catch(() => {})

/** Runs one request in a transaction; its writes are on disk when this resolves. */
async function run(mode, act) {
  const database = await opened
  return new Promise((resolve, reject) => {
    const transaction = database.transaction('pins', mode, { durability: 'strict' })
    const request = act(transaction.objectStore('pins'))
    transaction.oncomplete = () => resolve(request.result)
    transaction.onabort = () => reject(transaction.error)
  })
}

/** Reads all records, the oldest first. @returns {Promise<object[]>} */
export const readAll = () => run('readonly', (pins) => pins.getAll())

/** Writes a record. @param {object} record @returns {Promise<number>} its `id` */
export const keep = (record) => run('readwrite', (pins) => pins.put(record))

/**
 * Updates a record, unless it was never stored or was deleted in the meantime, here or in another tab.
 *
 * @param {object} record
 */
export const renew = (record) =>
  run('readwrite', (pins) => {
    const request = pins.getKey(record.id)
    request.onsuccess = () => request.result && pins.put(record)
    return request
  })

/** Deletes a record. @param {number} id */
export const forget = (id) => run('readwrite', (pins) => pins.delete(id))
