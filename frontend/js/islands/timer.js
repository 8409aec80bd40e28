// Counts down to `data-ends` (an instant on the conference's clock, in milliseconds) or shows `data-left` while paused.
import { shownNow } from './clock.js'

function left(timer) {
  if (timer.dataset.left) return Number(timer.dataset.left)
  const clock = document.querySelector('[data-clock]')
  const now = clock ? shownNow(clock) : Date.now()
  return Math.max(0, Math.ceil((Number(timer.dataset.ends) - now) / 1000))
}

function paint(timer) {
  const seconds = Math.min(left(timer), Number(timer.dataset.length ?? Infinity))
  const number = timer.querySelector('[class$="__number"]')
  const text = number.classList.contains('bar__number')
    ? String(seconds)
    : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  if (number.textContent !== text) number.textContent = text
  const line = timer.querySelector('progress')
  if (line) line.value = seconds
  timer.toggleAttribute('data-over', seconds === 0)
}

export function startTimers() {
  const tick = () => document.querySelectorAll('[data-timer]').forEach(paint)
  tick()
  setInterval(tick, 250)
  document.addEventListener('region:replaced', tick)
}
