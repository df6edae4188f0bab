// Whose server programs a centre uses: found by version among folders, or fetched as a package that its hash pins.
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { programsFor } from '../../../centre/postgres/data-folder.ts'
import { programsAmong, usualFolders } from '../../../centre/postgres/programs.ts'
import { registryPrograms } from '../../../centre/postgres/registry-programs.ts'
import { serverUser, userIn } from '../../../centre/postgres/server-user.ts'
import { centreDir, openHeard } from '../../kit/centre-parts.ts'
import { folderOfTest } from '../../kit/own-folder.ts'
import { refusedLater } from '../../kit/refusals.ts'

afterEach(() => vi.unstubAllEnvs())

function script(folder: string, name: string, text: string): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`)
  chmodSync(join(folder, name), 0o755)
}

/** A folder of programs that say this version. */
function madeBin(says: string, names = ['initdb', 'postgres']): string {
  const bin = folderOfTest('postgres-bin-')
  for (const name of names) script(bin, name, `echo '${says}'`)
  return bin
}

it.each([
  ['a folder that is not there', () => '/nowhere/bin', []],
  ['no folder', () => '', []],
  ['too old', () => madeBin('postgres (PostgreSQL) 14.22 (Debian)'), []],
  ['very old', () => madeBin('postgres (PostgreSQL) 9.6.24'), []],
  ['something else', () => madeBin('15'), []],
  ['the client alone', () => madeBin('postgres (PostgreSQL) 15.1', ['postgres']), []],
  ['a beta', () => madeBin('postgres (PostgreSQL) 19beta1'), [19]],
  ['of a distribution', () => madeBin('postgres (PostgreSQL) 15.18 (Debian 15.18-0)'), [15]],
])('finds programs: %s', (_, folder, majors) => {
  expect(programsAmong([folder()]).map(({ major }) => major)).toEqual(majors)
})

it('takes the newest for a new folder, and for a folder those that made it', async () => {
  const bins = [15, 17, 16].map((major) => madeBin(`postgres (PostgreSQL) ${major}.1`))
  const dir = centreDir()
  expect((await programsFor(dir, [...bins, ...bins])).bin).toBe(bins[1])
  mkdirSync(join(dir, 'postgres'), { recursive: true })
  writeFileSync(join(dir, 'postgres', 'PG_VERSION'), '16\n')
  expect((await programsFor(dir, bins)).bin).toBe(bins[2])
  expect(await refusedLater(programsFor(dir, bins.slice(0, 2)))).toMatchObject({
    code: 'CENTRE-03',
    detail: { value: '16' },
  })
})

it('finds those of this machine', () => {
  expect(programsAmong(usualFolders())[0]?.major).toBeGreaterThanOrEqual(15)
})

it.each([
  ['no npm', null],
  ['no network', 'echo "network ENOTFOUND" >&2; exit 1'],
  ['another package under that name', 'echo other > "$4/linux-x64.tgz"'],
  ['nothing fetched', 'exit 0'],
])('refuses a package and leaves nothing: %s', async (_, npm) => {
  const path = folderOfTest('path-')
  if (npm !== null) script(path, 'npm', npm)
  vi.stubEnv('PATH', [path, '/nowhere'].join(delimiter))
  const dir = centreDir()
  expect(await refusedLater(registryPrograms(dir, 'linux-x64'))).toMatchObject({
    code: 'CENTRE-01',
  })
  expect(existsSync(join(dir, 'programs', '18.4.0-beta.17'))).toBe(false)
  expect(existsSync(join(dir, 'programs', '18.4.0-beta.17.part'))).toBe(false)
})

it.each(['linux-riscv64', 'sunos-x64', 'linux-'])('has no package for %s', async (system) => {
  expect(await refusedLater(registryPrograms(centreDir(), system))).toMatchObject({
    code: 'CENTRE-01',
  })
})

it.each([
  ['root:x:0:0::/root:/bin/sh\npostgres:x:101:104::/:/bin/sh\nnobody:x:65534:65534', 'postgres'],
  ['root:x:0:0::/root:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n', 'nobody'],
  ['root:x:0:0\npostgres:x:0:0::/:\nnobody:x:99:99', 'nobody'],
  ['root:x:0:0::/root:/bin/sh\n', undefined],
  ['', undefined],
])('the server of a centre of root has a user of its own: %j', (passwd, name) => {
  expect(userIn(passwd)?.name).toBe(name)
})

it.runIf(process.getuid?.() === 0)(
  'names the folder that the user of the server cannot pass',
  async () => {
    const closed = folderOfTest('closed-')
    const dir = join(closed, 'centre')
    expect(await refusedLater(openHeard(dir))).toMatchObject({
      code: 'CENTRE-08',
      detail: { file: closed, value: serverUser().name },
    })
  },
)

it('refuses Windows with a sentence', async () => {
  vi.stubGlobal('process', { ...process, platform: 'win32' })
  const dir = join(folderOfTest('windows-'), 'centre')
  const fault = await refusedLater(openHeard(dir)).finally(() => vi.unstubAllGlobals())
  expect(fault).toMatchObject({ code: 'CENTRE-10' })
  expect(existsSync(dir)).toBe(false)
})
