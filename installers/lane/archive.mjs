// `npm run package -- --archive`: the lanes as an archive that is unpacked anywhere and run without a package manager, by
// hand or by `etc-lane update prepare`; `etc-lane install` makes a service of it.
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { laneVersion, layLane } from './lay.mjs'
import { releaseTime, setRights, steadyEnv } from './steady.mjs'

const starter = `#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
exec "$here/node" "$here/dist/runtime/main.mjs" "$@"
`

/** The lanes for a Linux with glibc. */
export function layLinuxLanes(folder, { system, nodeBinary }) {
  layLane(folder, system, nodeBinary)
  writeFileSync(join(folder, 'etc-lane'), starter)
  chmodSync(join(folder, 'etc-lane'), 0o755)
}

/**
 * Packs what `lay` writes into a folder, for a system as an update names it; returns the file. `quick`: pressed less, for
 * tests.
 */
export async function makeArchive(out, { system, quick, lay, version = laneVersion() }) {
  const work = mkdtempSync(join(tmpdir(), 'etc-lane-archive-'))
  try {
    const name = `etc-lane-${version}-${system}`
    const tree = join(work, name)
    await lay(tree)
    setRights(tree)
    mkdirSync(out, { recursive: true })
    const file = join(out, `${name}.tar.gz`)
    const args = ['--sort=name', `--mtime=@${releaseTime()}`, '--owner=0', '--group=0']
    const same = ['--numeric-owner', '--format=gnu']
    const press = [`--use-compress-program=gzip -n -${quick ? 1 : 9}`]
    const all = [...args, ...same, ...press, '-cf', file, '-C', work, name]
    execFileSync('tar', all, { env: steadyEnv() })
    return file
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
