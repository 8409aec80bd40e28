// Removes custom properties that nothing reads: of KERN's 900 tokens a phone needs about 90.
const DECLARATION = /(?<=[{;\s])(--[\w-]+)\s*:\s*((?:[^;{}()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))*);?/g
const READ = /var\(\s*(--[\w-]+)/g

const readsOf = text => Array.from(text.matchAll(READ), match => match[1])

/** Return `css` without the custom properties that neither it nor `others` reads, directly or through other properties. */
export function prune(css, others = '') {
  const declared = new Map()
  const rest = css.replace(DECLARATION, (_, name, value) => {
    declared.set(name, (declared.get(name) ?? []).concat(readsOf(value)))
    return ''
  })
  const live = new Set()
  const waiting = readsOf(rest).concat(readsOf(others))
  while (waiting.length) {
    const name = waiting.pop()
    if (live.has(name)) continue
    live.add(name)
    waiting.push(...(declared.get(name) ?? []))
  }
  return css.replace(DECLARATION, (whole, name) => (live.has(name) ? whole : ''))
}
