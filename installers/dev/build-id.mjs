// Which program a build is: a version that grows with every commit, and the commit itself. The version is the first two
// numbers of package.json and the number of commits, so that packages of any two builds can be put in order.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './node24.mjs'

/** Sources of the program; a change elsewhere does not make another program. */
const sources = ['centre', 'electron', 'firmware-runtime', 'renderer', 'package-lock.json']

function git(...args) {
  try {
    const stdio = ['ignore', 'pipe', 'ignore']
    return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio }).trim()
  } catch {
    return null
  }
}

/**
 * `{ version, build }`: `build` is the commit, with `-changed` where sources differ from it. Without a whole history
 * (an exported tree, a shallow clone) the number is 0 and the commit `unknown` or as it is.
 */
export function buildId() {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const [major, minor] = version.split('.')
  const isWhole = git('rev-parse', '--is-shallow-repository') === 'false'
  const number = isWhole ? git('rev-list', '--count', 'HEAD') : null
  const commit = git('rev-parse', '--short=10', 'HEAD') ?? 'unknown'
  const isChanged = (git('status', '--porcelain', '--', ...sources) ?? '') !== ''
  return {
    version: `${major}.${minor}.${number ?? 0}`,
    build: isChanged ? `${commit}-changed` : commit,
  }
}

/** The same of the program in dist/, as it was built. */
export const builtId = () =>
  JSON.parse(readFileSync(join(root, 'dist', 'runtime', 'build.json'), 'utf8'))
