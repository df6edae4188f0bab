// The last green results, stored in the git folder: the newest commit that passed the gate, and the last complete test
// run. They belong to one checkout and are not committed.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { root } from './node24.mjs'

function readRow(name) {
  const file = own(name)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
}

export const git = (...args) =>
  execFileSync('git', args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim()
const own = (name) => join(resolve(root, git('rev-parse', '--git-dir')), name)

/** Number of commits from a hash to HEAD; null when HEAD does not descend from it. */
export function commitsSince(hash) {
  try {
    git('merge-base', '--is-ancestor', hash, 'HEAD')
    return Number(git('rev-list', '--count', `${hash}..HEAD`))
  } catch {
    return null
  }
}

export const keepGreen = (hash) => writeFileSync(own('last-green'), `${hash}\n`)
/** The newest commit that passed the gate in this checkout, or null. */
export const lastGreen = () =>
  existsSync(own('last-green')) ? readFileSync(own('last-green'), 'utf8').trim() : null

/** Stores the processor seconds of each stage of the last green gate: `{ hash, processorSecondsOf }`. */
export const keepGate = (row) => writeFileSync(own('last-gate.json'), `${JSON.stringify(row)}\n`)
export const lastGate = () => readRow('last-gate.json')

/** Stores a complete green test run; `isDirty`: the work tree had uncommitted changes. */
export function keepWhole({ tier, passed }) {
  const isDirty = git('status', '--porcelain') !== ''
  const row = {
    hash: git('rev-parse', 'HEAD'),
    tier,
    passed,
    isDirty,
    atIso: new Date().toISOString(),
  }
  writeFileSync(own('last-whole.json'), `${JSON.stringify(row)}\n`)
}

export const lastWhole = () => readRow('last-whole.json')
