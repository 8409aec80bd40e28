// Builds every file a browser loads into offenraum/kit/static/kit: styles, fonts, modules; names carry a digest of the content.
import { buildSync } from 'esbuild'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compile } from 'sass'
import { prune } from './build/prune.mjs'
import { fonts } from './build/fonts.mjs'
import { boardGrid, scheduleGrid } from './build/grids.mjs'

const HERE = dirname(fileURLToPath(import.meta.url))
const OUT = join(HERE, '../offenraum/kit/static/kit')
const FONTS = join(HERE, 'node_modules/@fontsource/fira-sans/files')
const TARGET = ['chrome111', 'firefox113', 'safari16.2']
const manifest = {}

function put(name, content, { compress = true } = {}) {
  const body = Buffer.from(content)
  const digest = createHash('sha256').update(body).digest('hex').slice(0, 10)
  const dot = name.lastIndexOf('.')
  const file = `${name.slice(0, dot)}.${digest}${name.slice(dot)}`
  writeFileSync(join(OUT, file), body)
  if (compress) {
    writeFileSync(join(OUT, `${file}.gz`), gzipSync(body, { level: 9 }))
    writeFileSync(join(OUT, `${file}.br`), brotliCompressSync(body))
  }
  manifest[name] = file
}

function styles(fontRules) {
  const extra = { app: fontRules + scheduleGrid(), desk: boardGrid(), door: fontRules }
  for (const name of ['app', 'desk', 'wall', 'door']) {
    const { css } = compile(join(HERE, `scss/${name}.scss`), { loadPaths: [join(HERE, 'node_modules')], quietDeps: true })
    const linked = (css + (extra[name] ?? '')).replace(/url\("?fonts:([^")]+)"?\)/g, (_, font) => `url(${manifest[font]})`)
    const pruned = name === 'app' ? prune(linked, used()) : linked
    const { outputFiles } = buildSync({
      stdin: { contents: pruned, loader: 'css' }, minify: true, write: false, bundle: false, target: TARGET, logLevel: 'warning',
    })
    put(`${name}.css`, outputFiles[0].contents)
  }
}

// Custom properties that the other style sheets read from app.css must survive its pruning.
function used() {
  return ['desk', 'wall', 'door']
    .map(name => compile(join(HERE, `scss/${name}.scss`), { loadPaths: [join(HERE, 'node_modules')], quietDeps: true }).css)
    .join('\n')
}

function modules() {
  for (const name of ['phone', 'desk', 'wall', 'door']) {
    const { outputFiles } = buildSync({
      entryPoints: [join(HERE, `js/${name}.js`)], bundle: true, minify: true, write: false, format: 'esm', target: TARGET,
      legalComments: 'none', logLevel: 'warning',
    })
    put(`${name}.js`, outputFiles[0].contents)
  }
}

function pictures() {
  for (const name of readdirSync(join(HERE, 'pictures'))) put(name, readFileSync(join(HERE, 'pictures', name)))
}

rmSync(OUT, { recursive: true, force: true })
mkdirSync(OUT, { recursive: true })
const fontRules = await fonts(FONTS, (name, content) => put(name, content, { compress: false }))
pictures()
styles(fontRules)
modules()
writeFileSync(join(OUT, 'manifest.json'), JSON.stringify(manifest, null, 1))
