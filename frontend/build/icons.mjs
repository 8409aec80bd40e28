// One picture for all icons: a browser reads it once, where each picture of its own costs a slow phone ten milliseconds.
const ICON = /--icon:\s*url\("data:image\/svg\+xml,([^"]+)"\)/g
const SIDE = 960
const drawing = encoded => {
  const svg = decodeURIComponent(encoded)
  if (!svg.includes(`viewBox='0 -${SIDE} ${SIDE} ${SIDE}'`)) throw new Error(`an icon has another size: ${svg.slice(0, 120)}`)
  return svg.slice(svg.indexOf('>') + 1, svg.lastIndexOf('</svg>'))
}

/** Return the sheets with `--icon` as the place of each icon in one picture, which the first sheet declares as `--icons`. */
export function gatherIcons(sheets) {
  const names = [...new Set(Object.values(sheets).flatMap(css => Array.from(css.matchAll(ICON), match => match[1])))]
  const last = names.length - 1
  const drawn = names.map((name, i) => `<g transform='translate(${i * SIDE})'>${drawing(name)}</g>`).join('')
  const picture = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 -${SIDE} ${SIDE * names.length} ${SIDE}'>${drawn}</svg>`
  const url = `url("data:image/svg+xml,${picture.replace(/[<>#%]/g, encodeURIComponent)}")`
  const placed = css => css.replace(ICON, (_, name) => `--icon:${+((names.indexOf(name) / last) * 100).toFixed(4)}%`)
  const [first, ...others] = Object.entries(sheets).map(([name, css]) => [name, placed(css)])
  first[1] += `:root{--icons:${url};--icon-count:${names.length}}`
  return Object.fromEntries([first, ...others])
}
