// Keeps every `[data-region]` of the page at the server's state, whatever was cut, restarted or hidden in between.
import { storedAt, timeOfDay } from './clock.js'
import { openStream } from './connection.js'
import { morph } from './morph.js'

const STALE = 30_000
const SILENCE = 25_000
const POLL = 5_000
const FAILURES = 3
const HIDDEN = 30_000
const fetching = new Set()
let connection, hiding, token
let failures = 0
let heard = 0 // when the data of the page was last known to be current
let listened = Date.now() // when the stream was last known to live, or begun anew
let pollAt = 0
let isPolled = false

const elements = () => Array.from(document.querySelectorAll('[data-region]'))
const element = key => elements().find(each => each.dataset.region === key)
const shown = () => Object.fromEntries(elements().map(each => [each.dataset.region, each.dataset.version]))
const quietly = promise => promise.catch(() => {})

function isNewer(version, than) {
  const [epoch, count, oldEpoch, oldCount] = `${version}-${than}`.split('-').map(part => parseInt(part, 16))
  return epoch === oldEpoch ? count > oldCount : epoch > oldEpoch
}

function replace({ key, version, html }) {
  const region = element(key)
  if (!region || region.dataset.version === version) return
  morph(region, html)
  region.dataset.version = version
  document.dispatchEvent(new CustomEvent('region:replaced', { detail: { id: region.id } }))
}

/** Show a region that came with a page which answered a form, unless what is shown is newer. */
export function offer({ dataset: { region: key, version }, innerHTML: html }) {
  if (element(key) && isNewer(version, element(key).dataset.version)) replace({ key, version, html })
}

// Middle-sized regions come packed (gzip, base64).
async function unpack({ key, version, packed }) {
  const bytes = Uint8Array.from(atob(packed), letter => letter.charCodeAt(0))
  const html = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text()
  replaceOlder({ key, version, html })
}

function replaceOlder(news) {
  if (element(news.key) && isNewer(news.version, element(news.key).dataset.version)) replace(news)
}

const take = region => (region.fetch ? quietly(unpack(region).catch(() => load(region.key, region))) : replace(region))

// Large regions have an address of their own; whichever answer is the newest counts.
async function load(key, { within = 0, fetch: address = `/frag/${key}?` } = {}) {
  if (fetching.has(key)) return
  fetching.add(key)
  try {
    await new Promise(done => setTimeout(done, Math.random() * within))
    const cache = address.includes('v=') ? 'default' : 'no-cache'
    const response = await fetch(`${address}&${new URLSearchParams(await right())}`, { cache })
    if (!response.ok) throw new Error(response.status)
    const version = response.headers.get('x-version')
    const html = await response.text()
    replaceOlder({ key, version, html })
  } finally {
    fetching.delete(key)
  }
}

// The regions of the desk ask for a token; the connection tells when it was renewed.
async function right() {
  const address = document.body.dataset.streamTokenUrl
  if (address) token ??= (await (await fetch(tokenAddress(address), { cache: 'no-store' })).json()).token
  return address ? { token } : {}
}

function tokenAddress(address) {
  return `${address}?${new URLSearchParams(Object.keys(shown()).map(key => ['key', key]))}`
}

function receive({ region, versions, failed }) {
  failures = failed ?? 0
  if (!failed) heard = listened = Date.now()
  if (failed) token = undefined
  if (region && element(region.key)) take(region)
  for (const [key, version] of Object.entries(versions ?? {})) {
    if (element(key) && isNewer(version, element(key).dataset.version)) quietly(load(key))
  }
  badge()
}

async function poll() {
  pollAt = Date.now() + POLL * (1 + Math.random() / 2)
  try {
    await Promise.all(Object.keys(shown()).map(key => load(key)))
    heard = Date.now()
    isPolled = true
  } catch {
    isPolled = false
  }
  badge()
}

function badge() {
  const target = document.querySelector('[data-text-live]')
  if (!target || !heard) return
  const isCut = !navigator.onLine || (failures > 0 && !isPolled)
  const state = isCut ? 'offline' : failures > 0 || Date.now() - heard > STALE ? 'stale' : 'live'
  const words = { live: target.dataset.textLive, stale: target.dataset.textStale, offline: target.dataset.textOffline }
  const text = words[state].replace('{time}', timeOfDay(heard))
  if (target.dataset.state !== state) target.dataset.state = state
  if (target.textContent !== text) target.textContent = text
}

// Each second: no sign of life for 25 s means a new stream; three failures mean asking every five seconds.
function watch() {
  badge()
  if (document.hidden) return
  if (Date.now() - listened > SILENCE) renew()
  if (failures >= FAILURES && Date.now() > pollAt) poll()
  if (failures === 0) isPolled = false
}

function renew() {
  listened = Date.now()
  connection.renew()
}

// Back from sleep, another page or no network: what is shown may be old, so ask at once.
function wake() {
  clearTimeout(hiding)
  renew()
}

function hide() {
  clearTimeout(hiding)
  hiding = setTimeout(() => connection.rest(), HIDDEN)
}

export function startStream() {
  if (storedAt()) heard = storedAt()
  badge()
  if (!elements().length) return
  const address = document.body.dataset.streamTokenUrl
  connection = openStream({ shown, receive, tokenAddress: () => address && tokenAddress(address) })
  document.addEventListener('visibilitychange', () => (document.hidden ? hide() : wake()))
  addEventListener('pageshow', event => event.persisted && wake())
  addEventListener('online', wake)
  addEventListener('offline', badge)
  setInterval(watch, 1000)
}
