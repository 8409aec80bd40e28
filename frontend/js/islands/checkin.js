// The check-in at the door: one way for scans, typed codes and names; without network against the list that is kept here.
import { timeOfDay } from './clock.js'
import { newKey } from './keys.js'
import { Roll } from './roll.js'
import { scan } from './scanner.js'
import { remove } from './store.js'
import { startSound, signal } from './signals.js'

const SHOWN = 1500
const WITHIN = 5000
const RENEW = 60000
const AGAIN = 15000
const LAST = 5
const TONES = { in: 'good', guest: 'good', undone: 'good', again: 'warn' }

let root
let roll
let stop
let hiding
let isOffline = false
let answerTurn = 0
const last = []

const part = selector => root.querySelector(selector)
const word = name => document.getElementById('checkin-words').content.querySelector(`[data-word="${name}"]`).textContent
const said = (name, values = {}) => (root.dataset[name] ?? '').replace(/\{(\w+)\}/g, (_, key) => values[key] ?? '')
const called = seat => seat.name || said('seat', seat)

async function post(address, fields) {
  const token = document.querySelector('#checkin-code [name=csrfmiddlewaretoken]').value
  const body = new URLSearchParams({ ...fields, csrfmiddlewaretoken: token })
  const response = await fetch(address, { method: 'POST', body, headers: { Accept: 'application/json' }, signal: AbortSignal.timeout(WITHIN) })
  if (response.status >= 500) throw new Error(response.status)
  if (response.redirected || [401, 403, 404].includes(response.status)) return { kind: 'signed-out' }
  const answer = await response.json()
  return response.ok ? answer : { kind: 'failed', error: answer.error }
}

// Check-in

async function arrive(wanted) {
  const key = newKey()
  let answer
  try {
    answer = await post(root.dataset.page, { ...wanted, key })
    setOffline(false)
  } catch {
    setOffline(true)
    answer = await roll.arrive({ ...wanted, key, time: timeOfDay(Date.now()) })
  }
  tell(answer, wanted)
}

async function welcomeGuest() {
  try {
    tell(await post(root.dataset.guest, { key: newKey() }))
  } catch {
    setOffline(true)
    tell({ kind: 'failed', error: said('needsNetwork') })
  }
}

async function takeBack(number) {
  try {
    if (await roll.takeBack(number)) tell({ kind: 'undone', ...roll.seat(number), time: '' })
    else tell(await post(root.dataset.undo, { number }))
  } catch {
    setOffline(true)
    tell({ kind: 'failed', error: said('needsNetwork') })
  }
}

// What the helper sees, hears and feels

function headline(answer) {
  if (answer.kind === 'unknown' && isOffline) return said('stale', { time: roll.list?.time ?? '' })
  const name = { guest: 'guestText', 'none-left': 'noneLeft', 'signed-out': 'failed' }[answer.kind] ?? answer.kind
  return said(name, answer)
}

function tell(answer, wanted = {}) {
  const tone = TONES[answer.kind] ?? 'bad'
  const name = answer.number ? called(answer) : ''
  const more = [answer.organisation, answer.waits && word('waits'), answer.error].filter(Boolean).join(' · ')
  const verdict = part('[data-verdict]')
  verdict.dataset.tone = tone
  verdict.querySelector('.verdict__word').textContent = headline(answer)
  verdict.querySelector('.verdict__name').textContent = name
  verdict.querySelector('.verdict__more').textContent = more
  verdict.hidden = false
  document.getElementById('checkin-said').textContent = [headline(answer), name, more].filter(Boolean).join('. ')
  signal(tone)
  clearTimeout(hiding)
  hiding = setTimeout(() => { verdict.hidden = true }, SHOWN)
  remember(answer)
  if (answer.number) mark(answer)
  if (tone !== 'bad' && wanted.code) document.getElementById('id_code').value = ''
  if (answer.kind === 'signed-out') leave()
  else paintNetwork()
}

function mark({ kind, number, time }) {
  const seat = roll.seat(number)
  if (seat) seat.at = kind === 'undone' ? '' : time
  search()
}

function remember(answer) {
  const known = last.findIndex(one => one.number === answer.number)
  if (known >= 0) last.splice(known, 1)
  if (['in', 'guest', 'again'].includes(answer.kind)) last.unshift(answer)
  last.splice(LAST)
  part('[data-last]').hidden = last.length === 0
  part('[data-last-list]').replaceChildren(...last.map(one => row({ ...one, at: one.time })))
}

function row(seat) {
  const item = document.getElementById('checkin-row').content.cloneNode(true).firstElementChild
  const button = item.querySelector('button')
  item.querySelector('.queue__number').textContent = seat.number
  item.querySelector('.queue__title').textContent = called(seat)
  item.querySelector('.queue__by').textContent = seat.at ? word('at').replace('{time}', seat.at) : seat.organisation ?? ''
  button.querySelector('.kern-label').textContent = word(seat.at ? 'undo' : 'in')
  button.setAttribute('aria-label', `${word(seat.at ? 'undo' : 'in')}: ${called(seat)}`)
  button.dataset[seat.at ? 'undoSeat' : 'arrive'] = seat.number
  return item
}

// Search: by the server, without network in the list

async function search() {
  const text = document.getElementById('q').value
  const place = document.getElementById('checkin-found')
  const turn = ++answerTurn
  if (!text.trim()) return place.replaceChildren()
  try {
    const response = await fetch(`${root.dataset.page}?${new URLSearchParams({ q: text })}`, { signal: AbortSignal.timeout(WITHIN) })
    if (!response.ok) throw new Error(response.status)
    const page = new DOMParser().parseFromString(await response.text(), 'text/html')
    if (turn === answerTurn) place.replaceChildren(...page.getElementById('checkin-found').children)
  } catch {
    if (turn === answerTurn) searchHere(place, text)
  }
}

function searchHere(place, text) {
  const list = Object.assign(document.createElement('ul'), { className: 'queue' })
  list.append(...roll.search(text).slice(0, 12).map(row))
  if (list.children.length) place.replaceChildren(list)
  else place.replaceChildren(Object.assign(document.createElement('p'), { textContent: word('none') }))
}

// The list and what waits

async function renew() {
  if (!isSecureContext || document.hidden) return
  try {
    const response = await fetch(root.dataset.roll, { headers: { Accept: 'application/json' }, cache: 'no-store', signal: AbortSignal.timeout(WITHIN) })
    if (response.redirected || [401, 403, 404].includes(response.status)) return leave()
    if (!response.ok) throw new Error(response.status)
    await roll.keep(await response.json(), timeOfDay(Date.now()))
    setOffline(false)
  } catch {
    setOffline(true)
  }
  paintNetwork()
}

async function deliver() {
  for (const one of await roll.waiting()) {
    const age = Math.min(86400, Math.max(0, Math.round((Date.now() - one.at) / 1000)))
    const answer = await post(root.dataset.page, { number: one.number, key: one.id, age }).catch(() => undefined)
    if (!answer) break
    if (answer.kind === 'signed-out') return leave()
    await remove('arrivals', one.id)
    if (answer.kind !== 'in') tellConflict(answer, one)
  }
  paintNetwork()
}

function tellConflict(answer, { number }) {
  const name = called(roll.seat(number) ?? { number })
  const text = answer.kind === 'again' ? said('conflict', { ...answer, name }) : said('lost', { name })
  part('[data-conflict-list]').append(Object.assign(document.createElement('li'), { textContent: text }))
  part('[data-conflicts]').hidden = false
}

let delivering
// One delivery at a time; a retry would be harmless, but its conflict would be told twice.
function deliverSoon() {
  delivering ??= (navigator.locks?.request('offenraum-arrivals', deliver) ?? deliver()).finally(() => { delivering = undefined })
  return delivering
}

// The right to check in has ended: the list of names goes, what waits stays until somebody signs in again.
async function leave() {
  await roll.wipe()
  paintNetwork({ isOut: true })
}

function setOffline(value) {
  isOffline = value
  if (!value) deliverSoon()
}

async function paintNetwork({ isOut = false } = {}) {
  const count = (await roll.waiting()).length
  const time = roll.list?.time
  const state = isOffline ? (time ? said('offline', { time }) : said('bare')) : time ? said('ready', { time }) : ''
  const text = isOut ? said('signIn', { count }) : [state, count ? said('waiting', { count }) : ''].filter(Boolean).join(' ')
  const line = part('[data-network]')
  if (line.textContent !== text) line.textContent = text
  line.dataset.waiting = count
}

// Camera

async function startCamera() {
  const line = part('[data-camera]')
  part('[data-scan]').hidden = false
  if (!navigator.mediaDevices?.getUserMedia) return noCamera(isSecureContext ? 'none' : 'insecure')
  line.textContent = line.dataset.starting
  try {
    stop = await scan({ video: part('video'), decoder: root.dataset.decoder, found: code => arrive({ code }) })
    line.textContent = line.dataset.ready
    part('.checkin__picture').hidden = false
    showButton('stop')
  } catch (error) {
    noCamera(error.name === 'NotAllowedError' ? 'denied' : 'none')
    showButton('start')
  }
}

function noCamera(reason) {
  const line = part('[data-camera]')
  line.textContent = line.dataset[reason]
  part('.checkin__picture').hidden = true
  document.getElementById('id_code').focus()
}

function showButton(name) {
  const button = part('[data-camera-button]')
  button.hidden = false
  button.dataset.now = name
  button.querySelector('.kern-label').textContent = button.dataset[name]
}

function switchCamera(event) {
  if (event.currentTarget.dataset.now === 'start') return startCamera()
  stop?.()
  part('.checkin__picture').hidden = true
  part('[data-camera]').textContent = ''
  showButton('start')
}

// Taps

function tap(event) {
  const button = event.target.closest('button')
  const { arrive: number, undoSeat } = button?.dataset ?? {}
  if (!number && !undoSeat) return
  event.preventDefault()
  if (number) arrive({ number: Number(number) })
  else takeBack(Number(undoSeat))
}

function instead(id, act) {
  document.getElementById(id).addEventListener('submit', event => {
    event.preventDefault()
    act()
  })
}

export async function startCheckin() {
  root = document.getElementById('checkin')
  if (!root) return
  roll = new Roll(root.dataset.scope)
  startSound(part('[data-sound]'))
  root.addEventListener('click', tap)
  part('[data-verdict]').addEventListener('click', event => { event.currentTarget.hidden = true })
  instead('checkin-code', () => {
    const code = document.getElementById('id_code').value.trim()
    if (code) arrive({ code })
  })
  instead('checkin-search', search)
  instead('checkin-guest', welcomeGuest)
  document.getElementById('q').addEventListener('input', search)
  part('[data-camera-button]').addEventListener('click', switchCamera)
  await roll.open()
  search() // what was typed before this script ran
  addEventListener('online', renew)
  addEventListener('offline', () => { setOffline(true); paintNetwork() })
  document.addEventListener('visibilitychange', renew)
  setInterval(renew, RENEW)
  setInterval(async () => { if ((await roll.waiting()).length) deliverSoon() }, AGAIN)
  startCamera()
  await deliverSoon()
  renew()
}
