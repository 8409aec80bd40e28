// The list of seats for a check-in without network, and the check-ins that wait to be sent.
//
// The list holds numbers, names, times and the beginning of a hash of each key. It goes at the end of the day, when the right to it
// ends, and when the helper signs out. What waits holds numbers and times only; it stays until it is sent.
import { newKey } from './keys.js'
import { all, get, put, remove } from './store.js'

const LOOKALIKES = { 0: 'Q', O: 'Q', 1: 'J', I: 'J', L: 'J', U: 'V' }

export const typedCode = text =>
  Array.from(text.toUpperCase()).filter(letter => /[\p{L}\p{N}]/u.test(letter)).map(letter => LOOKALIKES[letter] ?? letter).join('').slice(0, 64)

export const scannedKey = text =>
  text.includes('://') ? text.split('?')[0].replace(/\/+$/, '').split('/').pop() : text

async function tagsOf(text, scope) {
  const key = scannedKey(text)
  const hash = async (value, length) => {
    const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${scope} ${value}`)))
    return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('').slice(0, length)
  }
  const code = typedCode(key)
  return [await hash(key, 10), ...(code.length === 8 ? [await hash(code, 4)] : [])]
}

export class Roll {
  constructor(scope) {
    this.scope = scope
    this.list = undefined
  }

  /** Take the list that is kept here; one of another day goes. */
  async open() {
    this.list = await get('roll', this.scope)
    if (this.list && Date.now() > this.list.until) await this.wipe()
  }

  async keep({ seats, until }, time) {
    const waiting = new Set((await this.waiting()).map(one => one.number))
    this.list = { id: this.scope, until, time, seats: seats.map(([number, name, at, tags]) => ({ number, name, at, tags })) }
    for (const seat of this.list.seats) if (!seat.at && waiting.has(seat.number)) seat.at = this.list.time
    await put('roll', this.list)
  }

  async wipe() {
    this.list = undefined
    await remove('roll', this.scope)
  }

  seat(number) {
    return this.list?.seats.find(seat => seat.number === number)
  }

  async find({ number, code }) {
    if (number) return this.seat(number)
    const tags = await tagsOf(code, this.scope)
    return this.list?.seats.find(seat => seat.tags.some(tag => tags.includes(tag)))
  }

  search(text) {
    const wanted = text.trim().toLowerCase()
    if (!wanted || !this.list) return []
    return this.list.seats.filter(seat => seat.name.toLowerCase().includes(wanted) || String(seat.number) === wanted)
  }

  /** Check in here and now, to be sent later; what was checked in before is told with its time. */
  async arrive({ number, code, key, time }) {
    const seat = await this.find({ number, code })
    if (!seat) return { kind: 'unknown' }
    if (seat.at) return { kind: 'again', ...seat, time: seat.at }
    seat.at = time
    await put('arrivals', { id: key ?? newKey(), scope: this.scope, number: seat.number, at: Date.now() })
    await put('roll', this.list)
    return { kind: 'in', ...seat, time, waits: true }
  }

  /** Take back what was not sent yet; false when it was. */
  async takeBack(number) {
    const own = (await this.waiting()).filter(one => one.number === number)
    for (const one of own) await remove('arrivals', one.id)
    const seat = this.seat(number)
    if (own.length && seat) {
      seat.at = ''
      await put('roll', this.list)
    }
    return own.length > 0
  }

  async waiting() {
    return (await all('arrivals')).filter(one => one.scope === this.scope).sort((one, other) => one.at - other.at)
  }
}
