// Shows the conference's time: real time, or in a demo shifted and faster. The server's time corrects a wrong phone clock.
const clocks = () => document.querySelectorAll('[data-clock]')

/** The instant the conference's clock of `element` shows now, in milliseconds. */
// A page that the worker kept says when it came from the server.
export const storedAt = () => Number(document.body.dataset.storedAt ?? 0)

export function shownNow(element) {
  const { started, shows, speed, now } = element.dataset
  const answered = storedAt() || performance.timeOrigin + (performance.getEntriesByType('navigation')[0]?.responseStart ?? 0)
  const real = Date.now() + (Number(now) - answered)
  return Number(shows) + (real - Number(started)) * Number(speed)
}

/** The time of day of an instant on the conference's clock, where the page has one. */
export function timeOfDay(instant) {
  const clock = document.querySelector('[data-clock]')
  const time = clock ? shownNow(clock) - (Date.now() - instant) * Number(clock.dataset.speed) : instant
  const format = { hour: '2-digit', minute: '2-digit', timeZone: clock?.dataset.zone }
  return new Date(time).toLocaleTimeString(document.documentElement.lang.slice(0, 2), format)
}

function paint(element) {
  const target = element.matches('[data-clock-time]') ? element : element.querySelector('[data-clock-time]')
  const format = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: element.dataset.zone }
  const text = new Date(shownNow(element)).toLocaleTimeString(document.documentElement.lang.slice(0, 2), format)
  if (target && target.textContent !== text) target.textContent = text
}

export function startClock() {
  if (!clocks().length) return
  const tick = () => clocks().forEach(paint)
  tick()
  setInterval(tick, 1000)
}
