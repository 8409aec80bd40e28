// The service worker of a conference: pages and shell go on without network. `SHELL` and `VERSION` come from the build.
//
// Pages are asked from the network first and kept; a kept one is shown, with its time, only when no answer comes in time. Everything
// kept carries the version of the build, so that a new one leaves nothing of the old behind. The stream, regions, forms and
// whatever scripts ask for pass untouched.
import { clear, remove } from './islands/store.js'

const WITHIN = 3500
const HOME = new URL(registration.scope).pathname
const SHELL_CACHE = `shell ${VERSION}`
const PAGES = `pages ${HOME} ${VERSION}`
const NOWHERE = `${HOME}ohne-netz`
const CORE = ['jetzt', 'themen', 'programm', 'mein-plan', 'themen/neu'].map(name => HOME + name)
const KEPT = /^(|jetzt|themen|themen\/neu|themen\/\d+|programm|mein-plan|session\/\d+|checkin|ohne-netz)$/

const isKept = url => url.origin === location.origin && url.pathname.startsWith(HOME) && KEPT.test(url.pathname.slice(HOME.length))
const isShell = url => url.origin === location.origin && url.pathname.startsWith('/static/kit/')

// Counts the times somebody signed in or out: a page that was asked for before is of somebody else and is not kept after.
let era = 0

async function keep(address, response, since) {
  if (!response.ok || response.redirected || response.type !== 'basic') return
  const headers = new Headers(response.headers)
  headers.set('x-kept-at', Date.now())
  const page = new Response(await response.blob(), { status: 200, headers })
  const cache = await caches.open(PAGES)
  if (since === era) await cache.put(address, page)
}

async function fetchAndKeep(address) {
  const since = era
  try {
    await keep(address, await fetch(address, { headers: { Accept: 'text/html' }, cache: 'no-store' }), since)
  } catch {
    // No network: the next visit keeps it.
  }
}

/** A kept page, which says when it came from the server. */
async function kept(address) {
  const found = await (await caches.open(PAGES)).match(address, { ignoreSearch: true, ignoreVary: true })
  if (!found) return undefined
  const at = found.headers.get('x-kept-at')
  const html = (await found.text()).replace('<body', `<body data-stored-at="${at}"`)
  return new Response(html, { status: 200, headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': found.headers.get('content-security-policy') ?? '' } })
}

async function page(event, url) {
  const since = era
  const asked = fetch(event.request)
  event.waitUntil(asked.then(answer => (url.search || answer.status !== 200 ? undefined : keep(url.pathname, answer.clone(), since))).catch(() => {}))
  const late = new Promise(resolve => { setTimeout(resolve, WITHIN) })
  const answer = await Promise.race([asked.catch(() => undefined), late])
  if (answer && answer.status < 500) return answer
  return (await kept(url.pathname)) ?? (answer || (await asked.catch(() => kept(NOWHERE))) || Response.error())
}

async function file(request) {
  const cache = await caches.open(SHELL_CACHE)
  const found = await cache.match(request)
  if (found) return found
  const answer = await fetch(request)
  if (answer.ok) await cache.put(request, answer.clone())
  return answer
}

// Signing out takes with it what was private; signing in asks for the pages anew.
async function afterPost(path, answered) {
  if (path === 'platz/abmelden') return forget(['outbox'])
  if (path === 'regie/helfen/ende') return forgetDoor()
  if (!path.startsWith('platz')) return undefined
  await answered
  await forget([])
  return fill()
}

async function forget(tables) {
  era += 1
  await caches.delete(PAGES)
  for (const table of tables) await clear(table)
}

async function forgetDoor() {
  await (await caches.open(PAGES)).delete(`${HOME}checkin`)
  await remove('roll', HOME.split('/')[1])
}

async function fill() {
  await fetchAndKeep(NOWHERE)
  for (const address of CORE) await fetchAndKeep(address)
}

async function install() {
  const cache = await caches.open(SHELL_CACHE)
  await cache.addAll(SHELL)
  await fetchAndKeep(NOWHERE)
  await skipWaiting()
}

async function activate() {
  const old = name => (name.startsWith('shell ') && name !== SHELL_CACHE) || (name.startsWith(`pages ${HOME} `) && name !== PAGES)
  await Promise.all((await caches.keys()).filter(old).map(name => caches.delete(name)))
  await clients.claim()
}

addEventListener('install', event => event.waitUntil(install()))
addEventListener('activate', event => event.waitUntil(activate()))

addEventListener('fetch', event => {
  const { request } = event
  const url = new URL(request.url)
  if (request.mode === 'navigate' && request.method === 'POST' && url.pathname.startsWith(HOME)) {
    const answered = fetch(request)
    event.respondWith(answered)
    event.waitUntil(answered.then(() => afterPost(url.pathname.slice(HOME.length), answered)).catch(() => {}))
  } else if (request.method !== 'GET') return
  else if (request.mode === 'navigate' && isKept(url)) event.respondWith(page(event, url))
  else if (isShell(url)) event.respondWith(file(request))
})

// A page asks for files and pages to be kept: what it loaded before there was a worker, and what a published edition changed.
addEventListener('message', event => {
  const { files = [], pages = [], core } = event.data ?? {}
  const work = async () => {
    const cache = await caches.open(SHELL_CACHE)
    for (const address of files) if (isShell(new URL(address, location)) && !(await cache.match(address))) await cache.add(address).catch(() => {})
    for (const address of pages) if (isKept(new URL(address, location))) await fetchAndKeep(address)
    if (core) await fill()
  }
  event.waitUntil(work())
})
