// Remembers on this device which topics a person has looked at; in the last call the list begins with the others.
//
// What was on the screen for a second counts as looked at. Nothing of it leaves the device. The order is made once, when
// the page opens or when the person asks for it: never under the finger.
const LONG_ENOUGH = 1000
const name = `angesehen-${location.pathname.split('/')[1]}`
const waiting = new Map() // card -> timer
let order = null // numbers, those not looked at first; null while the list is as the server sends it

function seen() {
  try {
    return new Set(JSON.parse(localStorage.getItem(name) ?? '[]'))
  } catch {
    return new Set()
  }
}

function keep(number) {
  const known = seen()
  if (!number || known.has(number)) return
  try {
    localStorage.setItem(name, JSON.stringify([...known, number]))
  } catch { /* a browser that keeps nothing shows the list in the usual order */ }
}

const numberOf = card => Number(card.id.replace('thema-', ''))
const list = () => document.querySelector('[data-unseen-first]')
const cards = () => Array.from(list()?.querySelectorAll(':scope > [id^=thema-]') ?? [])

const observer = 'IntersectionObserver' in window && new IntersectionObserver(entries => {
  for (const { target, isIntersecting } of entries) {
    clearTimeout(waiting.get(target))
    if (isIntersecting) waiting.set(target, setTimeout(() => keep(numberOf(target)), LONG_ENOUGH))
  }
}, { threshold: 0.6 })

function watch() {
  if (observer) document.querySelectorAll('[id^=thema-]').forEach(card => observer.observe(card))
  keep(Number(document.querySelector('[data-topic-now]')?.dataset.topicNow))
}

function decide() {
  const known = seen()
  const numbers = cards().map(numberOf)
  const fresh = numbers.filter(number => !known.has(number))
  order = [...fresh, ...numbers.filter(number => known.has(number))]
  return fresh.length
}

function arrange() {
  if (!list()) order = null
  if (!order) return
  const place = card => order.indexOf(numberOf(card)) + 1 || Infinity
  const sorted = cards().sort((one, other) => place(one) - place(other))
  if (cards().some((card, index) => card !== sorted[index])) list().append(...sorted)
}

function tell(count, isAsking) {
  const note = document.querySelector('[data-unseen]')
  if (!note) return
  note.hidden = !count
  const line = note.querySelector('[data-unseen-count]')
  line.textContent = line.dataset.unseenCount.replace('{n}', count)
  note.querySelector('button').hidden = !isAsking
}

function put() {
  const count = decide()
  arrange()
  tell(count, false)
}

function renew() {
  watch()
  if (order || !list()) arrange()
  else tell(cards().filter(card => !seen().has(numberOf(card))).length, true)
}

export function startSeen() {
  if (list()) put()
  document.querySelector('[data-unseen] button')?.addEventListener('click', put)
  document.addEventListener('region:replaced', renew)
  watch()
}
