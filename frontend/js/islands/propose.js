// While a title is typed: asks for similar topics and shows them, so that people join instead of doubling.
const PAUSE = 400
const LEAST = 4

function watch(place) {
  const input = document.getElementById(place.dataset.for)
  if (!input) return
  let timer
  let asked = ''
  const ask = async () => {
    const text = input.value.trim()
    if (text === asked) return
    asked = text
    if (text.length < LEAST) return place.replaceChildren()
    try {
      const response = await fetch(`${place.dataset.similar}?${new URLSearchParams({ q: text })}`)
      if (response.ok && asked === text) place.innerHTML = await response.text()
    } catch {
      // Offline: what stands there stays.
    }
  }
  input.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(ask, PAUSE)
  })
}

export const startPropose = () => document.querySelectorAll('[data-similar]').forEach(watch)
