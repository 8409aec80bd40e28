// Notes typed together: every letter goes into a Yjs document, changes go by POST, others' changes are fetched as soon as
// the live stream tells a new number. What has not been sent is kept on this device. Without this script the form posts.
import * as Y from 'yjs'
import { difference, moved } from './pad/difference.js'
import { kept, newest, store } from './pad/page.js'

const PAUSE = 250
const RETRY = 2000
const FROM_SERVER = 'server'
const HARMFUL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g
const form = document.getElementById('notes')
const area = form.querySelector('textarea')
const status = document.getElementById('pad-status')
const { pad: address, textSaved, textSending, textUnsent } = form.dataset
const doc = new Y.Doc()
const known = new Y.Doc() // what the server has
const text = doc.getText('notes')
let number = 0
let shown = ''
let isReady = false
let isDirty = false
let isSending = false
let isPulling = false
let isComposing = false
let waiting = []
let timer

const pack = bytes => btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''))
const unpack = packed => Uint8Array.from(atob(packed), letter => letter.charCodeAt(0))
const unsent = () => Y.encodeStateAsUpdate(doc, Y.encodeStateVector(known))
const say = words => status.textContent !== words && (status.textContent = words)

function remember() {
  try {
    if (isDirty || isSending) localStorage.setItem(store, pack(unsent()))
    else localStorage.removeItem(store)
  } catch {
    // No room on this device: the text is still on the screen.
  }
}

function typed() {
  if (isComposing) return
  if (HARMFUL.test(area.value)) area.value = area.value.replace(HARMFUL, '')
  if (area.value === shown) return
  write(difference(shown, area.value))
  shown = area.value
  remember()
  say(textSending)
  plan(PAUSE)
}

function write({ at, gone, come }) {
  doc.transact(() => {
    if (gone) text.delete(at, gone)
    if (come) text.insert(at, come)
  })
  isDirty = true
}

function plan(pause) {
  clearTimeout(timer)
  timer = setTimeout(send, pause)
}

// Others' changes wait while a letter is being composed; the selection stays at its letters.
function take(changes) {
  waiting.push(...changes.map(unpack))
  if (isComposing || !waiting.length) return
  if (isReady) typed()
  const places = [area.selectionStart, area.selectionEnd].map(at => Y.createRelativePositionFromTypeIndex(text, at))
  for (const change of waiting) {
    Y.applyUpdate(known, change)
    Y.applyUpdate(doc, change, FROM_SERVER)
  }
  waiting = []
  if (isReady) show(places)
}

function show(places) {
  const now = text.toString()
  if (now === area.value) {
    shown = now
    return
  }
  const [start, end] = places.map(place => Y.createAbsolutePositionFromRelativePosition(place, doc)?.index ?? now.length)
  const { scrollTop } = area
  area.value = shown = now
  if (document.activeElement === area) area.setSelectionRange(start, end)
  area.scrollTop = scrollTop
}

async function send() {
  if (!isDirty || isSending) return
  isSending = true
  isDirty = false
  const change = unsent()
  const answer = await post(change).catch(() => null)
  isSending = false
  if (answer?.ok) settle(change, await answer.json())
  else await fail(answer)
}

function settle(change, answer) {
  Y.applyUpdate(known, change)
  take(answer.changes)
  number = Math.max(number, answer.number)
  remember()
  if (isDirty) plan(0)
  else say(textSaved)
}

async function fail(answer) {
  isDirty = true
  remember()
  const isFinal = answer && [403, 404, 409, 413, 422].includes(answer.status)
  say((isFinal && (await answer.json().catch(() => ({}))).error) || textUnsent)
  if (!isFinal) plan(RETRY)
}

function post(change) {
  const csrfmiddlewaretoken = form.elements.csrfmiddlewaretoken.value
  const body = new URLSearchParams({ change: pack(change), after: number, csrfmiddlewaretoken })
  return fetch(`${address}/schritt`, { method: 'POST', body, signal: AbortSignal.timeout(15_000) })
}

async function pull() {
  if (isPulling) return
  isPulling = true
  try {
    const answer = await (await fetch(`${address}/stand?nach=${number}`, { cache: 'no-store' })).json()
    take(answer.changes)
    number = Math.max(number, answer.number)
  } finally {
    isPulling = false
  }
  if (newest() > number) await pull()
}

const quietly = promise => promise.catch(() => {})

/** From now on type together. `before` is what stood there when somebody began to type; what was typed since is kept. */
export async function begin(before) {
  await pull()
  const late = kept()
  const typedMeanwhile = area.value === before ? null : difference(before, area.value)
  if (typedMeanwhile) write(moved(typedMeanwhile, difference(before, text.toString())))
  if (late) {
    Y.applyUpdate(doc, unpack(late))
    isDirty = true
  }
  const places = [area.selectionStart, area.selectionEnd]
  area.value = shown = text.toString()
  if (document.activeElement === area && typedMeanwhile) area.setSelectionRange(...places)
  isReady = true
  document.getElementById('pad-save').hidden = true
  listen()
  if (isDirty) plan(0)
  else say(textSaved)
}

function listen() {
  area.addEventListener('input', typed)
  area.addEventListener('compositionstart', () => (isComposing = true))
  area.addEventListener('compositionend', () => {
    isComposing = false
    typed()
    take([])
  })
  document.addEventListener('region:replaced', () => newest() > number && quietly(pull()))
  addEventListener('online', () => {
    quietly(pull())
    plan(0)
  })
  form.addEventListener('submit', event => {
    event.preventDefault()
    plan(0)
  })
}
