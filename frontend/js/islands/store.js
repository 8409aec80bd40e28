// What waits on this device: three tables of IndexedDB. Where there is none (private windows), nothing is kept.
//
// outbox: votes and topics that were not sent yet; roll: the list of a check-in without network; arrivals: check-ins not sent yet.
const NAME = 'offenraum'
const TABLES = ['outbox', 'roll', 'arrivals']
let opening

function open() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1)
    request.onupgradeneeded = () => TABLES.forEach(table => request.result.createObjectStore(table, { keyPath: 'id' }))
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  return opening
}

async function ask(table, mode, act) {
  try {
    const database = await open()
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(table, mode)
      const request = act(transaction.objectStore(table))
      transaction.oncomplete = () => resolve(request.result)
      transaction.onabort = transaction.onerror = () => reject(transaction.error)
    })
  } catch {
    opening = undefined
    return undefined
  }
}

export const put = (table, value) => ask(table, 'readwrite', rows => rows.put(value))
export const get = (table, id) => ask(table, 'readonly', rows => rows.get(id))
export const remove = (table, id) => ask(table, 'readwrite', rows => rows.delete(id))
export const clear = table => ask(table, 'readwrite', rows => rows.clear())
export const all = async table => (await ask(table, 'readonly', rows => rows.getAll())) ?? []
