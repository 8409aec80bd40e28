// Builds every file a browser loads into offenraum/kit/static/kit: styles, fonts, modules; names carry a digest of the content.
import { buildSync } from 'esbuild'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compile } from 'sass'
import { prune } from './build/prune.mjs'
import { fonts, printedFonts } from './build/fonts.mjs'
import { gatherIcons } from './build/icons.mjs'
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

function compiled(name) {
  return compile(join(HERE, `scss/${name}.scss`), { loadPaths: [join(HERE, 'node_modules')], quietDeps: true }).css
}

function styles(fontRules) {
  const extra = { app: fontRules + scheduleGrid(), desk: boardGrid(), door: fontRules }
  const sheets = gatherIcons(Object.fromEntries(['app', 'site', 'desk', 'wall', 'door'].map(name => [name, compiled(name)])))
  // Custom properties that the other style sheets read from app.css must survive its pruning.
  const others = sheets.site + sheets.desk + sheets.wall + sheets.door
  for (const [name, css] of Object.entries(sheets)) {
    const linked = (css + (extra[name] ?? '')).replace(/url\("?built:([^")]+)"?\)/g, (_, file) => `url(${manifest[file]})`)
    const { outputFiles } = buildSync({
      stdin: { contents: name === 'app' ? prune(linked, others) : linked, loader: 'css' },
      minify: true, write: false, bundle: false, target: TARGET, logLevel: 'warning',
    })
    put(`${name}.css`, outputFiles[0].contents)
  }
}

function modules() {
  for (const name of ['phone', 'desk', 'wall', 'door', 'key', 'pad', 'proof', 'embed', 'together', 'checkin', 'decoder', 'kiosk']) {
    const { outputFiles } = buildSync({
      entryPoints: [join(HERE, `js/${name}.js`)], bundle: true, minify: true, write: false, format: 'esm', target: TARGET,
      legalComments: 'none', logLevel: 'warning',
    })
    put(`${name}.js`, outputFiles[0].contents)
  }
}

// What a page of an attendee loads first: it asks for phone.js when the page is styled, so that styles come alone.
function start() {
  const { outputFiles } = buildSync({
    entryPoints: [join(HERE, 'js/start.js')], minify: true, write: false, format: 'esm', target: TARGET,
    bundle: true, define: { PHONE: JSON.stringify(manifest['phone.js']) }, logLevel: 'warning',
  })
  put('start.js', outputFiles[0].contents)
}

// The worker keeps what every page of an attendee needs; its version is that of all files together.
function worker() {
  const shell = ['app.css', 'site.css', 'start.js', 'phone.js', 'mark.svg', 'fira-sans-latin-400.woff2', 'fira-sans-latin-600.woff2']
  const version = createHash('sha256').update(JSON.stringify(manifest)).digest('hex').slice(0, 10)
  const { outputFiles } = buildSync({
    entryPoints: [join(HERE, 'js/worker.js')], bundle: true, minify: true, write: false, format: 'iife', target: TARGET,
    legalComments: 'none', logLevel: 'warning',
    define: { SHELL: JSON.stringify(shell.map(name => `/static/kit/${manifest[name]}`)), VERSION: JSON.stringify(version) },
  })
  put('worker.js', outputFiles[0].contents)
}

function pictures() {
  for (const name of readdirSync(join(HERE, 'pictures'))) put(name, readFileSync(join(HERE, 'pictures', name)))
}

// A running server reads the old files until the manifest names the new ones.
function finish() {
  writeFileSync(join(OUT, 'manifest.new'), JSON.stringify(manifest, null, 1))
  renameSync(join(OUT, 'manifest.new'), join(OUT, 'manifest.json'))
  const kept = new Set(Object.values(manifest))
  for (const file of readdirSync(OUT)) {
    if (file !== 'manifest.json' && !kept.has(file.replace(/\.(gz|br)$/, ''))) rmSync(join(OUT, file))
  }
}

mkdirSync(OUT, { recursive: true })
const fontRules = await fonts(FONTS, (name, content) => put(name, content, { compress: false }))
await printedFonts(FONTS, (name, content) => put(name, content, { compress: false }))
pictures()
styles(fontRules)
modules()
start()
worker()
finish()
