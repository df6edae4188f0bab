// `npm run package -- --deb`: the lanes as a Debian package: the program with its own Node, and the unit and rules that
// `etc-lane install` writes too. Editable files are in /etc and are kept by an upgrade.
import { join } from 'node:path'
import { serviceFiles } from '#base/desk/service/service-files.ts'
import { packagedDir, packagedUnit } from '#base/desk/service/service-names.ts'
import { layLane, laneVersion } from '../lane/lay.mjs'
import { licencesFile, sbomFile } from '../lane/third-party.mjs'
import { makePackage, put } from './debian-package.mjs'

const home = '/usr/lib/etc-lane'
const plan = { dir: packagedDir, node: `${home}/node`, program: `${home}/dist/runtime/main.mjs` }

/** Text files of the package by path; the unit is in the folder for packaged units. */
const packagedFiles = () =>
  serviceFiles(plan).map(({ what, path, text }) => ({
    path: what === 'unit' ? packagedUnit : path,
    text,
    isConffile: what !== 'unit',
  }))

const starter = `#!/bin/sh
exec ${plan.node} ${plan.program} "$@"
`

const about = (version, arch) => ({
  name: 'etc-lane',
  version,
  arch,
  depends: ['libc6 (>= 2.31)', 'libstdc++6', 'libudev1', 'libusb-1.0-0', 'systemd'],
  recommends: ['chrony'],
  // For a centre of many lots alone.
  suggests: ['postgresql (>= 15)'],
  description: `lanes of a car park with ETC
 Runs the lanes of a car park: antennas, cameras, barriers, prices and the
 ledger. A lot in ${packagedDir} begins with the machine;
 etc-lane install makes a service of any other folder.`,
})

/** A machine image has no running systemd: the unit then starts at the next boot. */
const postinst = `#!/bin/sh
set -e
if [ "$1" = configure ]; then
  install -d -m 0700 ${packagedDir}
  systemctl enable etc-lane.service >/dev/null 2>&1 || true
  if [ -d /run/systemd/system ]; then
    systemctl daemon-reload || true
    udevadm control --reload >/dev/null 2>&1 || true
    # After an upgrade the lanes go on with the new program.
    systemctl try-restart etc-lane.service 'etc-lane-*.service' || true
  fi
fi
`

const prerm = `#!/bin/sh
set -e
if [ "$1" = remove ]; then
  # Further folders have units of their own (etc-lane install).
  for unit in etc-lane.service $(cd /etc/systemd/system && ls -d etc-lane-*.service 2>/dev/null); do
    if [ -d /run/systemd/system ]; then systemctl stop "$unit" || true; fi
    systemctl disable "$unit" >/dev/null 2>&1 || true
  done
fi
`

/**
 * The ledger records money, so neither remove nor purge deletes it; the folder is named instead. What the program
 * compiled beside itself goes with the program.
 */
const postrm = `#!/bin/sh
set -e
case "$1" in
  remove|purge)
    rm -rf ${home}/dist/runtime/compiled
    rmdir -p --ignore-fail-on-non-empty ${home}/dist/runtime 2>/dev/null || true
    ;;
esac
if [ "$1" = purge ]; then
  if [ -n "$(ls -A ${packagedDir} 2>/dev/null)" ]; then
    echo "etc-lane: the lot in ${packagedDir} stays, with its ledger; delete it yourself" >&2
  else
    rmdir ${packagedDir} 2>/dev/null || true
  fi
fi
if [ -d /run/systemd/system ]; then systemctl daemon-reload || true; fi
`

const copyright = `Files: *
Copyright: the maintainers of ETC Lane Studio, and those of Node and of the packages in it
License: ${home}/${licencesFile} has the text of each; ${home}/${sbomFile} lists them
`

const archOf = { 'linux-x64': 'amd64', 'linux-arm64': 'arm64' }

/** Returns the file. `quick`: without compression, for tests. */
export function makeDeb(out, { system, nodeBinary, quick }) {
  const files = packagedFiles()
  return makePackage({
    out,
    quick,
    about: about(laneVersion(), archOf[system]),
    conffiles: files.filter(({ isConffile }) => isConffile).map(({ path }) => path),
    scripts: { postinst, prerm, postrm },
    lay(tree) {
      layLane(join(tree, home), system, nodeBinary)
      put(tree, '/usr/bin/etc-lane', starter, 0o755)
      put(tree, '/usr/share/doc/etc-lane/copyright', copyright)
      for (const { path, text } of files) put(tree, path, text)
    },
  })
}
