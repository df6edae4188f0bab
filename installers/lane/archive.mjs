// `npm run package -- --archive`: the lanes as an archive for any Linux with glibc, unpacked anywhere and run without a
// package manager; `etc-lane install` makes a service of it.
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

/** Returns the file. `quick`: without compression, for tests. */
export function makeArchive(out, { system, nodeBinary, quick }) {
  const work = mkdtempSync(join(tmpdir(), 'etc-lane-archive-'))
  try {
    const name = `etc-lane-${laneVersion()}-${system}`
    const tree = join(work, name)
    layLane(tree, system, nodeBinary)
    writeFileSync(join(tree, 'etc-lane'), starter)
    chmodSync(join(tree, 'etc-lane'), 0o755)
    setRights(tree)
    mkdirSync(out, { recursive: true })
    const file = join(out, `${name}.tar${quick ? '' : '.xz'}`)
    const args = ['--sort=name', `--mtime=@${releaseTime()}`, '--owner=0', '--group=0']
    const same = ['--numeric-owner', '--format=gnu']
    const press = quick ? [] : ['--use-compress-program=xz -T1 -6']
    const all = [...args, ...same, ...press, '-cf', file, '-C', work, name]
    execFileSync('tar', all, { env: steadyEnv() })
    return file
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
