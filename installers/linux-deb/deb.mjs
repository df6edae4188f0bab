// `npm run package -- --deb`: the lanes as a package of Debian: program with its own Node, the unit and the rules that
// `etc-lane install` writes too. What a person may alter lies in /etc and is kept over an upgrade.
import { join } from 'node:path'
import {
  packagedDir,
  packagedUnit,
  serviceFiles,
} from '../../firmware-runtime/runtime/service/service-files.ts'
import { layLane, laneVersion } from '../lane/lay.mjs'
import { makePackage, put } from './debian-package.mjs'

const home = '/usr/lib/etc-lane'
const plan = { dir: packagedDir, node: `${home}/node`, program: `${home}/dist/runtime/main.mjs` }

/** Texts of the package by path; the unit lies where units of packages lie. */
const packagedFiles = () =>
  serviceFiles(plan).map(({ what, path, text }) => ({
    path: what === 'unit' ? packagedUnit : path,
    text,
    isConffile: what !== 'unit',
  }))

const starter = `#!/bin/sh
exec ${plan.node} ${plan.program} "$@"
`

const about = (version) => ({
  name: 'etc-lane',
  version,
  depends: ['libc6 (>= 2.31)', 'libstdc++6', 'libudev1', 'libusb-1.0-0', 'systemd'],
  recommends: ['chrony'],
  description: `lanes of a car park with ETC
 Runs the lanes of a car park: antennas, cameras, barriers, prices and the
 ledger. A lot in ${packagedDir} begins with the machine;
 etc-lane install makes a service of any other folder.`,
})

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

/** Answers the file. `quick`: not made small, for tests. */
export function makeDeb(out, nodeBinary, quick) {
  const files = packagedFiles()
  return makePackage({
    out,
    quick,
    about: about(laneVersion()),
    conffiles: files.filter(({ isConffile }) => isConffile).map(({ path }) => path),
    scripts: { postinst, prerm, postrm },
    lay(tree) {
      layLane(join(tree, home), 'linux-x64', nodeBinary)
      put(tree, '/usr/bin/etc-lane', starter, 0o755)
      put(tree, '/usr/share/doc/etc-lane/copyright', copyright)
      for (const { path, text } of files) put(tree, path, text)
    },
  })
}
