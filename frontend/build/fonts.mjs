// Fira Sans in two weights and three ranges: what a German page needs, the letters of European names, the rest of Latin.
// Cut without hinting and without the features nobody switches on, a page with Turkish and Polish names loads 41 KB instead of 146.
// Prints and pictures of signs are set in the same letters: their compiler reads no WOFF2, so each weight is also there as TTF.
import { readFileSync } from 'node:fs'
import { convert } from 'fontverter'
import subsetFont from 'subset-font'

const FEATURES = ['kern', 'liga', 'tnum', 'locl', 'ccmp', 'mark', 'mkmk', 'calt']
const WEIGHTS = [400, 600]
export const RANGES = {
  latin: {
    from: 'latin',
    codes: [[0x20, 0x7e], [0xa0, 0xff], [0x131], [0x152, 0x153], [0x2bb, 0x2bc], [0x2c6], [0x2da], [0x2dc], [0x2000, 0x200b],
      [0x2010, 0x2015], [0x2018, 0x201e], [0x2020], [0x2022], [0x2026], [0x202f], [0x2030], [0x2039, 0x203a], [0x2044],
      [0x20ac], [0x2122], [0x2191], [0x2193], [0x2212], [0x2215]],
  },
  european: { from: 'latin-ext', codes: [[0x100, 0x130], [0x132, 0x151], [0x154, 0x17f], [0x218, 0x21b], [0x1e9e]] },
  rest: {
    from: 'latin-ext',
    codes: [[0x180, 0x217], [0x21c, 0x2ba], [0x2bd, 0x2c5], [0x2c7, 0x2d9], [0x2db], [0x2dd, 0x2ff], [0x1d00, 0x1dbf],
      [0x1e00, 0x1e9d], [0x1e9f], [0x1ea0, 0x1eff], [0x20a0, 0x20ab], [0x20ad, 0x20c0], [0x2c60, 0x2c7f], [0xa720, 0xa7ff]],
  },
}

const textOf = codes => codes.map(([first, last = first]) => {
  const letters = []
  for (let code = first; code <= last; code += 1) letters.push(String.fromCodePoint(code))
  return letters.join('')
}).join('')

const rangeOf = codes => codes
  .map(([first, last]) => `U+${first.toString(16)}${last ? `-${last.toString(16)}` : ''}`)
  .join(', ')

const FAMILY = 'Fira Sans'
// As long as the family's name, so that it can be written over it; the typesetter knows one file for each family and weight.
const PRINTED = { latin: 'FiraLatin', 'latin-ext': 'FiraExten', greek: 'FiraGreek', cyrillic: 'FiraCyril', vietnamese: 'FiraVietn' }

/** Hands `put` the whole files in `folder` as TTF, each range as a family, for what is typeset on the server. */
export async function printedFonts(folder, put) {
  for (const [range, family] of Object.entries(PRINTED)) {
    for (const weight of WEIGHTS) {
      const whole = readFileSync(`${folder}/fira-sans-${range}-${weight}-normal.woff2`)
      put(`print-${range}-${weight}.ttf`, renamed(Buffer.from(await convert(whole, 'truetype')), family))
    }
  }
}

function renamed(font, family) {
  for (const [from, to] of [[FAMILY, family], [wide(FAMILY), wide(family)]]) {
    for (let at = font.indexOf(from, 0, 'latin1'); at >= 0; at = font.indexOf(from, at + 1, 'latin1')) font.write(to, at, 'latin1')
  }
  return font
}

const wide = text => Array.from(text, letter => `\0${letter}`).join('')

/** Hands `put` each font file cut from those in `folder`; returns the style rules that load them by range. */
export async function fonts(folder, put) {
  const rules = []
  for (const [range, { from, codes }] of Object.entries(RANGES)) {
    for (const weight of WEIGHTS) {
      const whole = readFileSync(`${folder}/fira-sans-${from}-${weight}-normal.woff2`)
      const name = `fira-sans-${range}-${weight}.woff2`
      put(name, await subsetFont(whole, textOf(codes), { targetFormat: 'woff2', noHinting: true, keepFeatures: FEATURES }))
      rules.push(`@font-face{font-family:"Fira Sans";font-weight:${weight};font-display:optional;`
        + `src:url("built:${name}") format("woff2");unicode-range:${rangeOf(codes)}}`)
    }
  }
  return rules.join('\n')
}
