// "Da will ich hin": paints this seat's own votes onto the shared page and sends a tap at once. Without it the form posts.
//
// One request per topic is under way; a tap meanwhile only changes the wish, and the newest wish is sent when it returns.
// A vote that could not be sent stays visible with a button, goes again by itself a few times, and on `online`. Until it is
// answered it also lies in the outbox of this device, so that a closed page loses nothing.
import { newKey } from './keys.js'
import { belongs, forget, keep, kept, paint as paintOutbox, tell } from './outbox.js'

const PAUSES = [800, 2500, 7000, 20000]
const wishes = new Map() // topic -> {weight, key, action, state: 'sending' | 'unsent' | 'refused', running, again, tries, message}
const saved = new Map() // topic -> {weight, turn}: what was acknowledged after a load began outlives that load's older answer
let turn = 0
let mine = {}
let csrf = ''
let hasSeat = true
let seat = ''

const form = () => document.getElementById('vote')
const buttons = topic => document.querySelectorAll(topic ? `button[data-vote="${topic}"]` : 'button[data-vote]')
const weightOf = topic => wishes.get(topic)?.weight ?? mine[topic] ?? 0

function paint(topic) {
  for (const button of buttons(topic)) {
    const needed = Number(button.dataset.weight ?? 1)
    const pressed = String(weightOf(button.dataset.vote) >= needed)
    if (button.getAttribute('aria-pressed') !== pressed) button.setAttribute('aria-pressed', pressed)
  }
  if (topic) paintUnsent(topic)
  else new Set([...Array.from(buttons(), button => button.dataset.vote), ...wishes.keys()]).forEach(paintUnsent)
}

function paintUnsent(topic) {
  const wish = wishes.get(topic)
  for (const row of rowsOf(topic)) {
    const old = row.querySelector('.unsent')
    if (!wish?.message && wish?.state !== 'unsent') old?.remove()
    else if (!old) row.append(unsent(topic, wish))
  }
}

// A row is what surrounds the buttons of a topic, also when the close has taken them away; the notice is its last line.
function rowsOf(topic) {
  const around = Array.from(buttons(topic), button => button.closest('[data-vote-row]') ?? button.parentElement)
  return new Set([...around, ...document.querySelectorAll(`[data-vote-row="${topic}"]`)])
}

function unsent(topic, wish) {
  const notice = document.getElementById('vote-unsent').content.cloneNode(true).firstElementChild
  const again = notice.querySelector('button')
  if (wish.message) {
    notice.querySelector('span').textContent = wish.message
    again.remove()
  } else again.addEventListener('click', () => load().then(() => send(topic)))
  return notice
}

function tap(event) {
  const button = event.target.closest?.('button[data-vote]')
  if (!button || !form() || !hasSeat) return
  event.preventDefault()
  const topic = button.dataset.vote
  const step = Number(button.dataset.weight ?? 1)
  const before = weightOf(topic)
  const action = button.dataset.action ?? button.getAttribute('formaction')
  want(topic, before >= step ? step - 1 : step, action)
}

function want(topic, weight, action) {
  const old = wishes.get(topic)
  const wish = { weight, action, key: newKey(), state: 'sending', again: false, tries: 0 }
  if (old?.state === 'sending' && old.running) {
    Object.assign(old, { weight, key: wish.key, again: true })
    paint(topic)
    lay(topic, old)
    return
  }
  wishes.set(topic, wish)
  lay(topic, wish)
  send(topic)
}

const idOf = topic => `${form().dataset.mine} ${topic}`

function lay(topic, { weight, key, action, tries }) {
  const title = document.getElementById(buttons(topic)[0]?.getAttribute('aria-labelledby')?.split(' ')[1])?.textContent.trim() ?? ''
  const fields = [['weight', String(weight)], ['key', key]]
  const entry = { id: idOf(topic), kind: 'vote', mine: form().dataset.mine, topic, weight, key, action, fields, title, seat, isWaiting: tries > 0 }
  return keep(entry)
}

async function send(topic) {
  const wish = wishes.get(topic)
  if (!wish || wish.running) return
  Object.assign(wish, { state: 'sending', running: true, again: false, message: '' })
  paint(topic)
  const sent = wish.weight
  const answer = await post(wish)
  wish.running = false
  settle({ topic, wish, sent, answer })
}

function settle({ topic, wish, sent, answer }) {
  if (wish.again && answer.kind !== 'refused') {
    if (answer.kind === 'saved') acknowledge(topic, sent)
    send(topic)
    return
  }
  if (answer.kind === 'saved') {
    acknowledge(topic, sent)
    wishes.delete(topic)
    forget(idOf(topic), wish.key).then(() => (wish.tries ? tell('sent') : paintOutbox()))
  } else if (answer.kind === 'refused') refuse(topic, answer)
  else hold(topic, wish)
  paint(topic)
}

function acknowledge(topic, weight) {
  mine[topic] = weight
  saved.set(topic, { weight, turn: ++turn })
}

// Visible as not sent; while the browser believes in its network, tried again by itself with growing pauses.
function hold(topic, wish) {
  wish.state = 'unsent'
  const pause = PAUSES[wish.tries++]
  lay(topic, wish)
  if (pause && navigator.onLine) setTimeout(() => { if (wishes.get(topic) === wish) send(topic) }, pause * (0.75 + Math.random() / 2))
}

// The server's answer stands: show its sentence on the card and paint what it knows; what waited too long is told above all.
async function refuse(topic, { message, reason }) {
  const { tries, key } = wishes.get(topic)
  wishes.set(topic, { weight: undefined, state: 'refused', message })
  const entry = (await kept()).find(one => one.id === idOf(topic))
  if (entry) await forget(entry.id, key)
  if (tries && reason === 'round_closed') tell('late', entry)
  else paintOutbox()
  load()
}

async function post(wish) {
  const body = new URLSearchParams({ weight: wish.weight, key: wish.key })
  try {
    const response = await fetch(wish.action, {
      method: 'POST', body, headers: { 'X-CSRFToken': csrf, Accept: 'application/json' }, signal: AbortSignal.timeout(10000),
    })
    if (response.ok) return { kind: response.redirected ? 'unsent' : 'saved' }
    const isRefusal = response.status < 500 && response.status !== 429 && response.headers.get('Content-Type')?.includes('json')
    if (!isRefusal) return { kind: 'unsent' }
    const { error, reason } = await response.json()
    return { kind: 'refused', message: error, reason }
  } catch {
    return { kind: 'unsent' }
  }
}

async function load() {
  const begun = turn
  try {
    const response = await fetch(form().dataset.mine, { headers: { Accept: 'application/json' }, cache: 'no-store' })
    if (!response.ok) return
    const answer = await response.json()
    mine = { ...answer.interests }
    for (const [topic, last] of saved) if (last.turn > begun) mine[topic] = last.weight
    csrf = answer.csrf
    hasSeat = answer.seat !== null
    seat = answer.seat ?? ''
    paint()
  } catch {
    // Offline: the page keeps what it shows; `online` loads again.
  }
}

// What an earlier page of this device left in the outbox; a wish of this page is newer.
async function takeUp() {
  for (const entry of await kept()) {
    if (entry.kind !== 'vote' || entry.mine !== form().dataset.mine || wishes.has(entry.topic)) continue
    if (hasSeat && !(await belongs(entry, seat))) continue
    wishes.set(entry.topic, { ...entry, state: 'unsent', again: false, tries: Math.max(1, entry.tries ?? 1) })
    paint(entry.topic)
  }
}

async function retry() {
  await load()
  await takeUp()
  for (const [topic, wish] of wishes) if (wish.state === 'unsent') send(topic)
}

export function startVote() {
  if (!form()) return
  csrf = form().elements.csrfmiddlewaretoken?.value ?? ''
  document.addEventListener('click', tap)
  document.addEventListener('region:replaced', () => paint())
  addEventListener('online', retry)
  document.addEventListener('visibilitychange', () => { if (!document.hidden) retry() })
  addEventListener('pageshow', event => { if (event.persisted) retry() })
  for (const button of buttons()) {
    const weight = button.getAttribute('aria-pressed') === 'true' ? Number(button.dataset.weight ?? 1) : 0
    mine[button.dataset.vote] = Math.max(mine[button.dataset.vote] ?? 0, weight)
  }
  seat = form().dataset.seat ?? ''
  retry()
}
