// System packages on made-up machines: a PATH with a fake apt-get, which records its arguments.
// For root the packages are installed; other users get one sentence with the command to run.
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { repository } from '../../tidy/tree.ts'
import { folderOfTest } from '../../kit/own-folder.ts'

interface Parts {
  ensureParts(groups: string[]): Promise<void>
}
const path = join(repository, 'installers', 'dev', 'system-parts.mjs')
const { ensureParts } = (await import(path)) as Parts

let bin = ''
beforeEach(() => {
  bin = folderOfTest('etc-lane-bin-')
  vi.stubEnv('PATH', bin)
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
})
afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

function command(name: string, script: string): void {
  writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`)
  chmodSync(join(bin, name), 0o755)
}
/** A fake `apt-cache show` that knows these names. */
const aptCache = (...known: string[]): void =>
  command(
    'apt-cache',
    `for name in "$@"; do :; done
case " ${known.join(' ')} " in *" $name "*) echo "Package: $name"; exit 0;; *) exit 100;; esac`,
  )
const asUser = (uid: number): void => {
  vi.spyOn(process, 'getuid').mockReturnValue(uid)
}
const said = (): string => readFileSync(join(bin, 'said'), 'utf8')

it('does nothing where the parts are there', async () => {
  command('socat', 'exit 0')
  await expect(ensureParts(['ptys'])).resolves.toBeUndefined()
})

it('names the parts where the system is not Debian', async () => {
  asUser(0)
  await expect(ensureParts(['ptys', 'compiler'])).rejects.toThrow(
    'This system lacks socat, gcc and is not Debian; install what Debian calls: socat gcc libc6-dev',
  )
})

it('gives an unprivileged user the whole line, with the names of this release', async () => {
  asUser(1000)
  command('apt-get', `echo "$@" >> ${bin}/said`)
  aptCache('gcct64')
  await expect(ensureParts(['compiler'])).rejects.toThrow(
    'run: sudo apt-get update && sudo apt-get install -y --no-install-recommends gcct64 libc6-dev',
  )
  expect(said).toThrow('ENOENT')
})

it('installs as root: lists first, then the parts', async () => {
  asUser(0)
  aptCache()
  command('apt-get', `echo "$@" >> ${bin}/said\n[ "$1" = update ] || : > ${bin}/socat`)
  await expect(ensureParts(['ptys', 'ptys'])).resolves.toBeUndefined()
  expect(said()).toBe('update\ninstall -y --no-install-recommends socat\n')
})

it('stops where apt-get fails', async () => {
  asUser(0)
  command('apt-get', 'echo no network; exit 100')
  await expect(ensureParts(['ptys'])).rejects.toThrow('apt-get failed; mend the cause above')
})

it('stops where apt-get is content but the part is still missing', async () => {
  asUser(0)
  aptCache()
  command('apt-get', 'exit 0')
  await expect(ensureParts(['ptys'])).rejects.toThrow(
    'Still missing after the installation: socat.',
  )
})

it('asks nobody for what only root makes use of', async () => {
  asUser(1000)
  command('apt-get', 'exit 1')
  await expect(ensureParts(['network'])).resolves.toBeUndefined()
  asUser(0)
  rmSync(join(bin, 'apt-get'))
  await expect(ensureParts(['network'])).resolves.toBeUndefined()
})

it('installs it for root on Debian', async () => {
  asUser(0)
  aptCache()
  const made = (name: string) => `printf '#!/bin/sh\n' > ${bin}/${name}`
  command('apt-get', `echo "$@" >> ${bin}/said; ${['iperf3', 'ping'].map(made).join('; ')}`)
  for (const name of ['ip', 'tc', 'gcc']) command(name, 'exit 0')
  await expect(ensureParts(['network'])).resolves.toBeUndefined()
  expect(said()).toContain('install -y --no-install-recommends iputils-ping iperf3')
})
