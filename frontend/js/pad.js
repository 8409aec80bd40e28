// The page of the notes: reading costs little. Who begins to type, and whose page has become old, loads the shared text.
import { kept, newest } from './pad/page.js'

const form = document.getElementById('notes')
const area = form.querySelector('textarea')
const seen = Number(form.elements.seen.value)
let isAsked = false

async function begin() {
  if (isAsked) return
  isAsked = true
  const before = area.value
  try {
    const together = await import(form.dataset.script)
    await together.begin(before)
  } catch {
    isAsked = false // The form goes on without it; the next key tries again.
  }
}

const follow = () => newest() > seen && begin()

area.addEventListener('focus', begin)
area.addEventListener('keydown', begin)
document.addEventListener('region:replaced', follow)
if (kept() || document.activeElement === area) begin()
else follow()
