// A tablet that many use: whoever comes next finds an empty page. A minute without a touch, a key or a scroll ends a visit.
const MINUTE = 60_000
let timer

const wait = () => {
  clearTimeout(timer)
  timer = setTimeout(() => location.replace(document.body.dataset.begin), MINUTE)
}

for (const sign of ['pointerdown', 'keydown', 'scroll']) addEventListener(sign, wait, { passive: true })
if (location.search || document.querySelector('#antwort, .errors')) wait()
