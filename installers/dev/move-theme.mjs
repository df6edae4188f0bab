// `node installers/dev/move-theme.mjs FROM THEME ...`: moves the files of these themes to the folders of theme-paths.mjs,
// with their tests, and rewrites every path that names one of them. FROM is the commit before the first move, which knows
// every folder whole. Prints what still names an old path. Kept until the last theme has moved; it can be run again on a
// later commit.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { root } from './node24.mjs'
import { partOf, targetOf } from './theme-paths.mjs'

const runtime = 'firmware-runtime/'
const tests = 'test/firmware-runtime/'
const [before, ...wanted] = process.argv.slice(2)
const git = (...args) =>
  execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 })
const files = git('ls-files')
  .split('\n')
  .filter((at) => at !== '')

/** Of a test or of what helps it, by the path of the file that it is named after. */
function newPath(at) {
  const base = [runtime, tests].find((one) => at.startsWith(one))
  if (base === undefined) return at
  const path = at.slice(base.length)
  const subject = path.replace(/\.test\.ts$/, '.ts')
  if (!path.includes('/') || !wanted.includes(partOf(subject).split('/')[0])) return at
  return base + join(dirname(targetOf(subject)), path.slice(path.lastIndexOf('/') + 1))
}

const moved = new Map(files.map((at) => [at, newPath(at)]).filter(([at, to]) => at !== to))
const taken = new Set(files.filter((at) => !moved.has(at)))
for (const [at, to] of moved) {
  if (taken.has(to)) throw new Error(`${at} and another file become ${to}`)
  taken.add(to)
}
/** Folders whose files are all of these themes and go to one folder; null: not so. */
const folders = new Map()
for (const at of git('ls-tree', '-r', '--name-only', before).split('\n'))
  for (let from = dirname(at), kept = ''; from.includes('/'); from = dirname(from)) {
    kept = at.slice(from.length)
    const to = newPath(at)
    const folder = to !== at && to.endsWith(kept) ? to.slice(0, -kept.length) : null
    folders.set(from, folders.has(from) && folders.get(from) !== folder ? null : folder)
  }
const goneTo = (path) => moved.get(path) ?? (folders.get(path.replace(/\/$/, '')) || null)

const from = (at, to) => {
  const path = relative(dirname(at), to)
  return path.startsWith('.') ? path : `./${path}`
}

/** A relative path in quotes, in a file that may have moved itself. */
function specifier(at, text) {
  const [path] = text.split('?')
  const target = normalize(join(dirname(at), path))
  const isFolder = path.endsWith('/')
  const to = goneTo(target) ?? (moved.has(at) && existsSync(join(root, target)) ? target : null)
  if (to === null) return text
  return from(moved.get(at) ?? at, to) + (isFolder ? '/' : '') + text.slice(path.length)
}

const layers =
  'acceptance|adapters|api|app|cli|core|devices|platforms|ports|runtime|survey|tables|simulators'
/** Not within a longer path; `${runtime}/` may stand before it. */
const begins = '(?<![\\w.-]|[\\w.-]/)'
const short = new RegExp(`${begins}(?:${layers})/[\\w./-]+(?:\\.(?:ts|json)\\b|/)`, 'g')
/** A folder alone in quotes. */
const quoted = new RegExp(`(['"\`])((?:${layers})/[\\w./-]+)\\1`, 'g')
const whole = /(?<![\w/-])(?:test\/)?firmware-runtime\/[\w.\/-]*[\w\/]/g

function rewritten(at, text) {
  const isCode = /\.(?:ts|vue|mjs|mts)$/.test(at)
  const own = isCode
    ? text.replace(
        /(['"`])(\.{1,2}\/[^'"`\n$]*)\1/g,
        (_, mark, path) => mark + specifier(at, path) + mark,
      )
    : text
  return own
    .replace(whole, (path) => {
      const to = goneTo(path)
      return to === null ? path : to + (path.endsWith('/') ? '/' : '')
    })
    .replace(quoted, (all, mark, path) => {
      const to = goneTo(runtime + path)
      return to === null ? all : mark + to.slice(runtime.length) + mark
    })
    .replace(short, (path) => {
      const to = goneTo(runtime + path) ?? moved.get(tests + path) ?? null
      if (to === null) return path
      return to.replace(/^(?:test\/)?firmware-runtime\//, '') + (path.endsWith('/') ? '/' : '')
    })
}

/** Texts that name paths; other files are data. */
const texts = files.filter(
  (at) =>
    /\.(?:ts|vue|mjs|mts|js|json|jsonc|md|yml|html|svg|py|c|txt)$|^\.ci\//.test(at) &&
    at !== 'package-lock.json' &&
    !/themes?(?:-paths)?\.(?:json|mjs|ts)$/.test(at),
)
for (const at of texts) {
  const text = readFileSync(join(root, at), 'utf8')
  const now = rewritten(at, text)
  if (now !== text) writeFileSync(join(root, at), now)
}
for (const [at, to] of moved) {
  mkdirSync(join(root, dirname(to)), { recursive: true })
  renameSync(join(root, at), join(root, to))
}
git('add', '-A')
console.log(`${moved.size} files moved`)

/** Old paths of moved files, and folders of which nothing is left. */
const left = new Set(git('ls-files').split('\n').map(dirname))
const gone = [...folders.keys()].filter(
  (at) =>
    at.includes('firmware-runtime/') &&
    !left.has(at) &&
    ![...left].some((one) => one.startsWith(`${at}/`)),
)
const old = new Set(
  [...moved.keys(), ...gone].map((at) => at.replace(/^(?:test\/)?firmware-runtime\//, '')),
)
for (const at of git('ls-files')
  .split('\n')
  .filter((one) => texts.includes(one) || [...moved.values()].includes(one))) {
  const lines = readFileSync(join(root, at), 'utf8').split('\n')
  for (const [no, line] of lines.entries()) {
    const found =
      line.match(new RegExp(`${begins}(?:firmware-runtime/)?(?:${layers})/[\\w./-]+`, 'g')) ?? []
    const stale = found.filter((path) => old.has(path.replace(/^firmware-runtime\/|\/$/g, '')))
    if (stale.length > 0) console.log(`${at}:${no + 1}: ${stale.join(' ')}`)
  }
}
