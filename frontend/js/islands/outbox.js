// Votes and topics that could not be sent wait here, on this device, and go out when the network is back: on `online`, when the
// page becomes visible, and when it loads. Each carries the browser's key, so that it counts once however often it is sent.
import { newKey } from './keys.js'
import { all, get, put, remove } from './store.js'

const WITHIN = 10_000
const SENT = 6_000
const scope = () => location.pathname.split('/')[1]
const line = () => document.getElementById('outbox')
const said = (name, values = {}) => (line()?.dataset[name] ?? '').replace(/\{(\w+)\}/g, (_, key) => values[key] ?? '')
let hiding

export const kept = async () => (await all('outbox')).filter(one => one.scope === scope()).sort((one, other) => one.at - other.at)
export const keep = entry => put('outbox', { ...entry, scope: scope(), at: Date.now() }).then(paint)

/** Forget an entry that was answered, unless a newer wish has taken its place. */
export async function forget(id, key) {
  if ((await get('outbox', id))?.key === key) await remove('outbox', id)
}

/** Whose the entry is: an entry of another seat goes, one without a seat signed in waits. */
export async function belongs(entry, seat) {
  if (seat === null || seat === undefined) return false
  if (entry.seat === '' || String(entry.seat) === String(seat)) return true
  await remove('outbox', entry.id)
  return false
}

export function tell(name, values) {
  clearTimeout(hiding)
  if (!line()) return
  line().textContent = said(name, values)
  line().dataset.state = name
  if (name === 'sent') hiding = setTimeout(paint, SENT)
}

/** What waits, in words; nothing while all is sent. */
export async function paint() {
  const waiting = (await kept()).filter(one => one.isWaiting)
  const topics = waiting.filter(one => one.kind === 'topic').length
  const votes = waiting.length - topics
  const name = topics ? 'topic' : votes > 1 ? 'votes' : votes ? 'vote' : ''
  if (!line() || (!name && ['late', 'refused'].includes(line().dataset.state))) return
  line().dataset.state = name
  const text = name ? said(name, { count: votes }) : ''
  if (line().textContent !== text) line().textContent = text
}

async function standing() {
  const response = await fetch(`/${scope()}/platz/stand.json`, { headers: { Accept: 'application/json' }, cache: 'no-store', signal: AbortSignal.timeout(WITHIN) })
  if (!response.ok) throw new Error(response.status)
  return response.json()
}

/** What the server says to a vote or a topic: sent, refused with its reason, or unsent. */
export async function post({ action, fields }, csrf) {
  try {
    const body = new URLSearchParams(fields)
    const headers = { 'X-CSRFToken': csrf, Accept: 'application/json' }
    const response = await fetch(action, { method: 'POST', body, headers, signal: AbortSignal.timeout(WITHIN) })
    if (response.ok && !response.redirected) return { kind: 'sent', ...(await response.json().catch(() => ({}))) }
    const isWord = response.status < 500 && response.status !== 429 && response.headers.get('Content-Type')?.includes('json')
    return isWord ? { kind: 'refused', ...(await response.json()) } : { kind: 'unsent' }
  } catch {
    return { kind: 'unsent' }
  }
}

async function deliver() {
  const mine = document.getElementById('vote')?.dataset.mine
  const entries = (await kept()).filter(one => (one.kind === 'vote' ? one.mine !== mine : one.isWaiting))
  if (!entries.length) return
  const { seat, csrf } = await standing()
  for (const entry of entries) {
    if (!(await belongs(entry, seat))) continue
    const answer = await post(entry, csrf)
    if (answer.kind === 'unsent') return
    await settle(entry, answer)
  }
}

async function settle(entry, answer) {
  if (answer.kind === 'refused' && entry.kind === 'topic') {
    await put('outbox', { ...entry, isWaiting: false, error: answer.error })
    return tell('refused', entry)
  }
  await forget(entry.id, entry.key)
  if (answer.kind === 'sent') tell('sent', entry)
  else if (answer.reason === 'round_closed') tell('late', entry)
  else tell('lost', { ...entry, error: answer.error })
}

let delivering
function deliverSoon() {
  if (document.hidden) return undefined
  delivering ??= (navigator.locks?.request('offenraum-outbox', deliver) ?? deliver())
    .catch(() => {}).finally(() => { delivering = undefined; paint() })
  return delivering
}

// A new topic

async function submit(event) {
  const form = event.currentTarget
  event.preventDefault()
  const fields = [...new FormData(form)].filter(([name, value]) => typeof value === 'string' && name !== 'csrfmiddlewaretoken')
  const { key = newKey(), title = '' } = Object.fromEntries(fields)
  const entry = { id: `${scope()} topic ${key}`, kind: 'topic', key, title, fields, action: location.pathname, seat: form.dataset.seat ?? '', isWaiting: true }
  form.setAttribute('aria-busy', 'true')
  const answer = navigator.onLine ? await post(entry, form.elements.csrfmiddlewaretoken.value) : { kind: 'unsent' }
  form.removeAttribute('aria-busy')
  if (answer.kind === 'sent' && answer.address) return location.assign(answer.address)
  if (answer.kind !== 'unsent') return form.submit() // the server's own page says what is wrong
  await keep(entry)
  form.hidden = true
  line()?.scrollIntoView({ block: 'center' })
}

// What was refused later comes back into the form, with its reason.
async function restore(form) {
  const refused = (await kept()).find(one => one.kind === 'topic' && !one.isWaiting)
  if (!refused || form.querySelector('[aria-invalid]')) return
  for (const [name, value] of refused.fields) {
    const field = form.elements.namedItem(name)
    if (field && name !== 'key') field.value = value
  }
  tell('lost', refused)
  await remove('outbox', refused.id)
}

export function startOutbox() {
  if (!line()) return
  const form = document.querySelector('form[data-outbox]')
  form?.addEventListener('submit', submit)
  if (form) restore(form)
  addEventListener('online', deliverSoon)
  document.addEventListener('visibilitychange', deliverSoon)
  addEventListener('pageshow', event => event.persisted && deliverSoon())
  paint()
  deliverSoon()
}
