// Sends the desk's forms without leaving the page: the answer is the next page, of which status, regions and form are taken.
//
// Without it the same forms post and the browser goes to that page. A button with `data-leaves` always does.
import { offer } from './stream.js'

const DOUBLE_TAP_MS = 700
const waiting = new Map() // taps that are on their way: a double tap is one tap, one on what has changed since is another
let sending = 0
let line = Promise.resolve() // one request at a time, in the order of the taps
const tapOf = address => address.replace(/version=\d+/, '')

/** Post `fields` with the token of the form `act` to an address; `done(page, response)` gets the page that answers. */
export function post(address, fields, done = show) {
  const body = new FormData(document.getElementById('act'))
  for (const [name, value] of Object.entries(fields)) body.set(name, value)
  send(() => address, body, done)
}

// The address is read when its turn comes: our own tap before it has raised the version of the round.
function send(addressNow, body, done, failed = () => {}) {
  const tap = { address: addressNow(), at: performance.now() }
  const name = tapOf(tap.address)
  const before = waiting.get(name)
  if (before && (before.address === tap.address || tap.at - before.at < DOUBLE_TAP_MS)) return false
  waiting.set(name, tap)
  sending += 1
  document.body.setAttribute('aria-busy', 'true')
  line = line.then(() => deliver(addressNow(), body, done, failed)).finally(() => {
    if (waiting.get(name) === tap) waiting.delete(name)
    sending -= 1
    if (!sending) document.body.removeAttribute('aria-busy')
  })
  return true
}

async function deliver(address, body, done, failed) {
  try {
    const response = await fetch(address, { method: 'POST', body: new URLSearchParams(body), signal: AbortSignal.timeout(15000) })
    if (response.status >= 500) throw new Error(response.status)
    if (response.status === 401) location.reload()
    else done(new DOMParser().parseFromString(await response.text(), 'text/html'), response)
  } catch {
    failed()
    tellUnsent()
  }
}

/** Take over what an answering page says: its status line, and each region that is newer than ours. */
export function show(page) {
  const status = document.getElementById('desk-status')
  const fresh = page.getElementById('desk-status')
  if (status && fresh) status.replaceChildren(...fresh.childNodes)
  page.querySelectorAll('[data-region]').forEach(offer)
}

function tellUnsent() {
  const status = document.getElementById('desk-status')
  const note = document.getElementById('desk-unsent').content.cloneNode(true)
  status?.replaceChildren(note)
}

// A form with fields comes back as the server knows it: emptied, or with what is wrong.
function renew(form, page) {
  const fresh = form.id && form.id !== 'act' ? page.getElementById(form.id) : null
  if (!fresh) return
  const name = form.contains(document.activeElement) ? document.activeElement.name : ''
  form.replaceWith(fresh)
  typeOn(form, fresh)
  const target = fresh.querySelector('.errors') ?? (name && fresh.querySelector('input:not([type=hidden]), textarea'))
  target?.focus()
  if (target?.dataset.line !== undefined) target.setSelectionRange(target.value.length, target.value.length)
}

// A field `data-line` is empty as soon as its line is sent, so that the next one can be typed meanwhile. Lines that are
// sent while one is on its way wait in `queue`; what is half typed waits in `draft` while a line that came back is corrected.
const typed = { queue: [], draft: '' }
const lineOf = form => form.querySelector('[data-line]')

function typeOn(form, fresh) {
  const [old, field] = [lineOf(form), lineOf(fresh)]
  if (!field) return
  typed.draft = old.value || typed.draft
  if (field.value) return
  field.value = typed.draft
  typed.draft = ''
  if (typed.queue.length) setTimeout(sendNext, 0, fresh, field)
}

function sendNext(form, field) {
  const half = field.value
  field.value = typed.queue.shift()
  form.requestSubmit()
  field.value = half
}

// What to do when the line could not be sent: it comes back into the field.
function clearLine(form) {
  const field = lineOf(form)
  const sent = field?.value
  if (field) field.value = ''
  return () => {
    if (!field) return
    typed.draft = field.value || typed.draft
    field.value = sent
  }
}

function queueLine(form) {
  const field = lineOf(form)
  if (!field?.value) return
  typed.queue.push(field.value)
  field.value = ''
}

function submit(event) {
  const form = event.target
  const button = event.submitter
  if (!form.matches('form[data-quick]') || button?.hasAttribute('data-leaves')) return
  event.preventDefault()
  const place = form.closest('dialog')
  const address = button?.getAttribute('formaction') ?? form.action
  const addressNow = () => {
    const now = button?.getAttribute('formaction') ?? form.action
    return tapOf(now) === tapOf(address) ? now : address
  }
  let restore = () => {}
  const sent = send(addressNow, new FormData(form, button), (page, response) => {
    const again = place && !response.ok && page.getElementById('place')
    if (again) {
      place.replaceChildren(again)
      again.querySelector('[role=alert]')?.focus()
      return
    }
    place?.close()
    show(page)
    if (!place) renew(form, page)
    document.dispatchEvent(new CustomEvent('quick:done', { detail: { form } }))
  }, () => restore())
  if (sent) restore = clearLine(form)
  else queueLine(form)
}

// A link waits for the taps before it, which leaving the page would stop.
function follow(event) {
  const link = event.target.closest('a[href]')
  if (!waiting.size || event.defaultPrevented || !link || event.ctrlKey || event.metaKey || link.target) return
  event.preventDefault()
  line.then(() => location.assign(link.href))
}

export function startQuick() {
  if (!document.getElementById('act')) return
  document.addEventListener('submit', submit)
  document.addEventListener('click', follow)
}
