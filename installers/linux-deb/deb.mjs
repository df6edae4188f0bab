// `npm run package -- --deb`: the lanes as a package of Debian: program with its own Node, the unit and the rules that
// `etc-lane install` writes too. What a person may alter lies in /etc and is kept over an upgrade.
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import {
  packagedDir,
  packagedUnit,
  serviceFiles,
} from '../../firmware-runtime/runtime/service/service-files.ts'
import { layLane, laneVersion } from '../lane/lay.mjs'

const home = '/usr/lib/etc-lane'
const plan = { dir: packagedDir, node: `${home}/node`, program: `${home}/dist/runtime/main.mjs` }

/** Texts of the package by path; the unit lies where units of packages lie. */
export const packagedFiles = () =>
  serviceFiles(plan).map(({ what, path, text }) => ({
    path: what === 'unit' ? packagedUnit : path,
    text,
    isConffile: what !== 'unit',
  }))

const starter = `#!/bin/sh
exec ${plan.node} ${plan.program} "$@"
`

const control = (version, sizeKib) => `Package: etc-lane
Version: ${version}
Architecture: amd64
Maintainer: ETC Lane Studio <maintainers@etc-lane.invalid>
Installed-Size: ${sizeKib}
Depends: libc6 (>= 2.31), libstdc++6, libudev1, libusb-1.0-0, systemd
Recommends: chrony
Section: misc
Priority: optional
Description: lanes of a car park with ETC
 Runs the lanes of a car park: antennas, cameras, barriers, prices and the
 ledger. A lot in ${packagedDir} begins with the machine;
 etc-lane install makes a service of any other folder.
`

/** A machine that is only being made has no systemd that runs: the unit waits for its start. */
const postinst = `#!/bin/sh
set -e
if [ "$1" = configure ]; then
  install -d -m 0700 ${packagedDir}
  systemctl enable etc-lane.service >/dev/null 2>&1 || true
  if [ -d /run/systemd/system ]; then
    systemctl daemon-reload || true
    udevadm control --reload >/dev/null 2>&1 || true
    # After an upgrade the lanes go on with the new program.
    systemctl try-restart etc-lane.service || true
  fi
fi
`

const prerm = `#!/bin/sh
set -e
if [ "$1" = remove ]; then
  if [ -d /run/systemd/system ]; then systemctl stop etc-lane.service || true; fi
  systemctl disable etc-lane.service >/dev/null 2>&1 || true
fi
`

/** The ledger is money: neither remove nor purge touches it. */
const postrm = `#!/bin/sh
set -e
if [ -d /run/systemd/system ]; then systemctl daemon-reload || true; fi
`

const copyright = `Files: *
Copyright: the maintainers of ETC Lane Studio, and those of the packages in ${home}/node_modules
License: see the file LICENSE of each package; Node is under the licence of https://nodejs.org
`

function put(root, path, text, mode = 0o644) {
  const file = join(root, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  chmodSync(file, mode)
}

/** Rights as packages have them, whatever this shell's mask is. */
function setRights(folder) {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) setRights(path)
    else chmodSync(path, (statSync(path).mode & 0o100) === 0 ? 0o644 : 0o755)
  }
}

const kibOf = (folder) =>
  Number(execFileSync('du', ['-sk', folder], { encoding: 'utf8' }).split('\t', 1)[0])

/** Answers the file. `quick`: not made small, for tests. */
export function makeDeb(out, nodeBinary, quick) {
  const version = laneVersion()
  const tree = mkdtempSync(join(tmpdir(), 'etc-lane-deb-'))
  try {
    layLane(join(tree, home), 'linux-x64', nodeBinary)
    put(tree, '/usr/bin/etc-lane', starter, 0o755)
    put(tree, '/usr/share/doc/etc-lane/copyright', copyright)
    const files = packagedFiles()
    for (const { path, text } of files) put(tree, path, text)
    setRights(tree)
    const sizeKib = kibOf(tree)
    const conffiles = files.filter(({ isConffile }) => isConffile).map(({ path }) => `${path}\n`)
    put(tree, '/DEBIAN/control', control(version, sizeKib))
    put(tree, '/DEBIAN/conffiles', conffiles.join(''))
    for (const [name, text] of Object.entries({ postinst, prerm, postrm }))
      put(tree, `/DEBIAN/${name}`, text, 0o755)
    mkdirSync(out, { recursive: true })
    const file = join(out, `etc-lane_${version}_amd64.deb`)
    const press = quick ? ['-Znone'] : ['-Zxz', '-z3']
    const args = ['--root-owner-group', ...press, '--build', tree, file]
    execFileSync('dpkg-deb', args, { stdio: ['ignore', 'ignore', 'inherit'] })
    return file
  } finally {
    rmSync(tree, { recursive: true, force: true })
  }
}
