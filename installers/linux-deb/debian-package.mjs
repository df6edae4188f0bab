// What our Debian packages have in common: a tree with package permissions, control files with a checksum
// of each file, and dpkg-deb. Their contents are in deb.mjs and studio-deb.mjs.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathsBelow, setRights, setTimes, steadyEnv } from '../lane/steady.mjs'

/** Writes a file of the package below `tree`. */
export function put(tree, path, text, mode = 0o644) {
  const file = join(tree, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  chmodSync(file, mode)
}

/** Checksums for `dpkg --verify`; dpkg keeps those of configuration files itself. */
const sumsOf = (tree, conffiles) =>
  pathsBelow(tree)
    .filter(({ path, isFolder }) => !isFolder && !lstatSync(join(tree, path)).isSymbolicLink())
    .map(({ path }) => `/${path}`)
    .filter((path) => !conffiles.includes(path))
    .map(
      (path) =>
        `${createHash('md5')
          .update(readFileSync(tree + path))
          .digest('hex')}  ${path.slice(1)}\n`,
    )
    .join('')

/** Whole KiB of each file, and one of each other entry: the same on every file system. */
const kibOf = (tree) =>
  pathsBelow(tree).reduce((sum, { path }) => {
    const entry = lstatSync(join(tree, path))
    return sum + (entry.isFile() ? Math.ceil(entry.size / 1024) : 1)
  }, 0)

const controlText = (
  { name, version, depends, recommends, suggests = [], description, arch },
  sizeKib,
) =>
  `Package: ${name}
Version: ${version}
Architecture: ${arch}
Maintainer: ETC Lane Studio <maintainers@etc-lane.invalid>
Installed-Size: ${sizeKib}
Depends: ${depends.join(', ')}
Recommends: ${recommends.join(', ')}
${suggests.map((one) => `Suggests: ${one}\n`).join('')}Section: misc
Priority: optional
Description: ${description}
`

/**
 * Returns the file. `lay` fills the tree, `setuid`: paths that run as root for every user, `scripts`: dpkg's
 * maintainer scripts by name. `quick`: without compression, for tests.
 */
export function makePackage({ out, quick, about, lay, setuid = [], conffiles = [], scripts = {} }) {
  const tree = mkdtempSync(join(tmpdir(), 'etc-lane-deb-'))
  try {
    lay(tree)
    const control = controlText(about, kibOf(tree))
    const sums = sumsOf(tree, conffiles)
    put(tree, '/DEBIAN/control', control)
    put(tree, '/DEBIAN/md5sums', sums)
    if (conffiles.length > 0)
      put(tree, '/DEBIAN/conffiles', conffiles.map((path) => `${path}\n`).join(''))
    for (const [name, text] of Object.entries(scripts)) put(tree, `/DEBIAN/${name}`, text, 0o755)
    setRights(tree)
    for (const path of setuid) chmodSync(join(tree, path), 0o4755)
    mkdirSync(out, { recursive: true })
    const file = join(out, `${about.name}_${about.version}_${about.arch}.deb`)
    // One thread: the blocks of several depend on the machine.
    const press = quick ? ['-Znone'] : ['-Zxz', '-z3', '--threads-max=1']
    setTimes(tree)
    const args = ['--root-owner-group', ...press, '--build', tree, file]
    execFileSync('dpkg-deb', args, { env: steadyEnv(), stdio: ['ignore', 'ignore', 'inherit'] })
    return file
  } finally {
    rmSync(tree, { recursive: true, force: true })
  }
}
