// What was green last, in the folder of git: the newest commit that passed the gate, and the last whole run of all tests.
// Neither is committed: they are of one checkout.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { root } from './node24.mjs'

export const git = (...args) =>
  execFileSync('git', args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim()
const own = (name) => join(resolve(root, git('rev-parse', '--git-dir')), name)

/** Commits between a hash and HEAD; null where HEAD does not come after it. */
export function commitsSince(hash) {
  try {
    git('merge-base', '--is-ancestor', hash, 'HEAD')
    return Number(git('rev-list', '--count', `${hash}..HEAD`))
  } catch {
    return null
  }
}

export const keepGreen = (hash) => writeFileSync(own('last-green'), `${hash}\n`)

/** A whole run of all tests that was green; `isDirty`: the tree held changes that no commit has. */
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

export function lastWhole() {
  const file = own('last-whole.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
}
