// What makes a second build of the same commit the same bytes: one time for every file, one set of permissions, and
// files in one order.
import { execFileSync } from 'node:child_process'
import { chmodSync, lstatSync, lutimesSync, readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { root } from '../dev/node24.mjs'

/** Seconds since 1970 of the commit; of a tree without its history: the first second of 2020. */
function commitTime() {
  try {
    const args = ['log', '-1', '--format=%ct']
    const stdio = ['ignore', 'pipe', 'ignore']
    return Number(execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio }))
  } catch {
    return Date.UTC(2020) / 1000
  }
}

/** The time of every file in a package; SOURCE_DATE_EPOCH of the environment comes first. */
export const releaseTime = () => Number(process.env.SOURCE_DATE_EPOCH ?? commitTime())

/** Environment of the packers: dpkg-deb and makensis write this time and no other. */
export const steadyEnv = () => ({
  ...process.env,
  SOURCE_DATE_EPOCH: String(releaseTime()),
  TZ: 'UTC',
})

/** Paths below `tree` with `/`, in the order of their bytes; folders come before what they hold. */
export const pathsBelow = (tree) =>
  readdirSync(tree, { withFileTypes: true, recursive: true })
    .map((entry) => ({
      path: relative(tree, join(entry.parentPath, entry.name)).split(sep).join('/'),
      isFolder: entry.isDirectory(),
    }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))

/** Gives a file, or a folder and all in it, that time. */
export function setTimes(tree) {
  const time = releaseTime()
  const below = lstatSync(tree).isDirectory() ? pathsBelow(tree) : []
  for (const { path } of below.toReversed()) lutimesSync(join(tree, path), time, time)
  lutimesSync(tree, time, time)
}

/** Sets the permissions of packages, regardless of this shell's umask. */
export function setRights(tree) {
  chmodSync(tree, 0o755)
  for (const { path, isFolder } of pathsBelow(tree)) {
    const file = join(tree, path)
    const entry = lstatSync(file)
    if (isFolder) chmodSync(file, 0o755)
    else if (entry.isFile()) chmodSync(file, (entry.mode & 0o100) === 0 ? 0o644 : 0o755)
  }
}
