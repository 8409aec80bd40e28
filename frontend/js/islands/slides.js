// Shows one slide after the other, 12 seconds each; space holds and lets go; nothing moves for those who asked for no motion.
const SECONDS = 12
let shown = 0
let isHeld = false

const slides = () => [...document.querySelectorAll('.slide')]

function paint() {
  const all = slides()
  if (shown >= all.length) shown = 0
  all.forEach((slide, place) => slide.toggleAttribute('data-off', place !== shown))
}

function next() {
  if (isHeld || slides().length < 2) return
  shown += 1
  paint()
}

export function startSlides() {
  paint()
  document.addEventListener('region:replaced', paint)
  document.addEventListener('keydown', event => {
    if (event.key !== ' ') return
    event.preventDefault()
    isHeld = !isHeld
  })
  setInterval(next, SECONDS * 1000)
}
