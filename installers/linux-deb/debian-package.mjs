// What our Debian packages have in common: a tree with package permissions, control files with a checksum
// of each file, and dpkg-deb. Their contents are in deb.mjs and studio-deb.mjs.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** Writes a file of the package below `tree`. */
export function put(tree, path, text, mode = 0o644) {
  const file = join(tree, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  chmodSync(file, mode)
}

/** Regular files below a folder, by full path. */
const filesBelow = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

/** Sets the permissions of packages, regardless of this shell's umask. */
function setRights(folder) {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) setRights(path)
    else if (entry.isFile()) chmodSync(path, (statSync(path).mode & 0o100) === 0 ? 0o644 : 0o755)
  }
}

/** Checksums for `dpkg --verify`; dpkg keeps those of configuration files itself. */
const sumsOf = (tree, conffiles) =>
  filesBelow(tree)
    .map((file) => file.slice(tree.length))
    .filter((path) => !conffiles.includes(path))
    .map(
      (path) =>
        `${createHash('md5')
          .update(readFileSync(tree + path))
          .digest('hex')}  ${path.slice(1)}\n`,
    )
    .join('')

const kibOf = (folder) =>
  Number(execFileSync('du', ['-sk', folder], { encoding: 'utf8' }).split('\t', 1)[0])

const controlText = ({ name, version, depends, recommends, suggests = [], description }, sizeKib) =>
  `Package: ${name}
Version: ${version}
Architecture: amd64
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
    setRights(tree)
    for (const path of setuid) chmodSync(join(tree, path), 0o4755)
    const control = controlText(about, kibOf(tree))
    const sums = sumsOf(tree, conffiles)
    put(tree, '/DEBIAN/control', control)
    put(tree, '/DEBIAN/md5sums', sums)
    if (conffiles.length > 0)
      put(tree, '/DEBIAN/conffiles', conffiles.map((path) => `${path}\n`).join(''))
    for (const [name, text] of Object.entries(scripts)) put(tree, `/DEBIAN/${name}`, text, 0o755)
    mkdirSync(out, { recursive: true })
    const file = join(out, `${about.name}_${about.version}_amd64.deb`)
    const press = quick ? ['-Znone'] : ['-Zxz', '-z3']
    const args = ['--root-owner-group', ...press, '--build', tree, file]
    execFileSync('dpkg-deb', args, { stdio: ['ignore', 'ignore', 'inherit'] })
    return file
  } finally {
    rmSync(tree, { recursive: true, force: true })
  }
}
