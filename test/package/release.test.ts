// A release: every package of one commit has the same bytes in every build, whatever the shell, and its sums are told. The
// lanes for small computers run under an emulator of their processor.
import { execFile, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { unpack } from '#runtime/slots/unpack.ts'
import { folderOfFile } from '../kit/own-folder.ts'
import { publisherIn } from '../kit/signed-release.ts'
import { linkedWith } from './elf.ts'
import { root } from './packaged-app.ts'

const folder = folderOfFile('release-')
const script = join(root, 'installers', 'dev', 'release-command.mjs')
const only = 'lanes-deb-amd64,lanes-linux-arm64,lanes-win32-x64,lanes-windows'

interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** In a shell with that umask and environment. */
const release = (args: readonly string[], umask = '022', env = {}): Promise<Ran> =>
  new Promise((resolve) => {
    const words = [process.execPath, script, '--for-tests', ...args]
    const options = { cwd: root, env: { ...process.env, ...env }, maxBuffer: 64 << 20 }
    execFile(
      'sh',
      ['-c', `umask ${umask}; exec "$@"`, 'sh', ...words],
      options,
      (error, out, err) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    )
  })
const lastOf = ({ out }: Ran): unknown => JSON.parse(out.trim().split('\n').at(-1) ?? '')

const [first, second] = [join(folder, 'first'), join(folder, 'second')]
let runs: readonly [Ran, Ran]
beforeAll(async () => {
  runs = [
    await release(['--only', only, '--out', first]),
    await release(['--only', only, '--out', second, '--against', first], '077', {
      TZ: 'Asia/Shanghai',
      LC_ALL: 'C',
    }),
  ]
})

describe('two releases of one commit', () => {
  it('have the same bytes', () => {
    expect(runs.map(({ code }) => code)).toEqual([0, 0])
    expect(lastOf(runs[1])).toMatchObject({ files: 5, notMade: [], differs: [] })
  })

  it('say the sums of their files', () => {
    const sums = readFileSync(join(first, 'SHA256SUMS'), 'utf8').trim().split('\n')
    const names = readdirSync(first).filter((name) => /\.(?:deb|tar\.gz|zip|exe)$/.test(name))
    const own = names.toSorted().map((name) => {
      const sum = createHash('sha256')
        .update(readFileSync(join(first, name)))
        .digest('hex')
      return `${sum}  ${name}`
    })
    expect(sums).toEqual(own)
    expect(spawnSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: first }).status).toBe(0)
  })

  it('name the file and the byte where they differ', async () => {
    const name = readdirSync(first).find((one) => one.endsWith('.deb')) ?? ''
    const bytes = readFileSync(join(first, name))
    bytes[1_000] = (bytes[1_000] ?? 0) ^ 1
    writeFileSync(join(first, name), bytes)
    const ran = await release(['--only', 'lanes-deb-amd64', '--out', second, '--against', first])
    expect(ran.code).toBe(1)
    expect(lastOf(ran)).toMatchObject({
      differs: expect.arrayContaining([{ name, at: 1_000 }]) as unknown,
    })
  })
})

describe('what a release refuses', () => {
  it.each([
    ['a target that is none', ['--only', 'lanes-deb-amd64,lanes-riscv']],
    ['a flag that is none', ['--sign']],
  ])('%s', async (_, args) => {
    const out = join(folder, 'refused')
    expect((await release([...args, '--out', out])).code).toBe(1)
    expect(existsSync(out)).toBe(false)
  })

  it('a folder that holds other files, which stay', async () => {
    const out = join(folder, 'others')
    mkdirSync(out)
    writeFileSync(join(out, 'ledger.db'), 'of a lot')
    expect((await release(['--only', 'lanes-deb-amd64', '--out', out])).code).toBe(1)
    expect(readdirSync(out)).toEqual(['ledger.db'])
  })
})

describe('the archives of the lanes', () => {
  it.each(['linux-arm64', 'win32-x64'])('for %s unpack as an update does it', async (system) => {
    const name = readdirSync(first).find((one) => one.endsWith(`${system}.tar.gz`)) ?? ''
    const [archive, slot] = [join(first, name), join(folder, `slot-${system}`)]
    const { size } = statSync(archive)
    await unpack(archive, size, slot)
    const { version, build } = JSON.parse(readFileSync(join(first, 'release.json'), 'utf8')) as {
      version: string
      build: string
    }
    const said = JSON.parse(
      readFileSync(join(slot, 'dist', 'runtime', 'build.json'), 'utf8'),
    ) as object
    expect(said).toEqual({ version, build })
    const isForWindows = system.startsWith('win32')
    const names = isForWindows ? ['node.exe', 'etc-lane.cmd'] : ['node', 'etc-lane']
    expect(readdirSync(slot)).toEqual(expect.arrayContaining(names))
    if (!isForWindows) expect(statSync(join(slot, 'node')).mode & 0o777).toBe(0o755)
    const { stdout } = spawnSync('du', ['-sb', slot], { encoding: 'utf8' })
    // What the look for room counts with.
    expect(Number(stdout.split('\t')[0])).toBeLessThan(4 * size)
  })

  it('for Windows is signed as one for an update', () => {
    const keys = join(folder, 'keys')
    mkdirSync(keys)
    publisherIn(keys).sign(first)
    const { signed } = JSON.parse(
      readFileSync(join(first, 'metadata', 'targets.json'), 'utf8'),
    ) as { signed: { targets: Record<string, { custom?: { system: string } }> } }
    const systems = Object.values(signed.targets).flatMap(({ custom }) => custom?.system ?? [])
    expect(systems.toSorted()).toEqual(['linux-arm64', 'win32-x64'])
  })
})

describe('the lanes for arm64', () => {
  const home = (): string => {
    const [name = ''] = readdirSync(first).filter((one) => /arm64\.tar\.gz$/.test(one))
    const to = join(folder, 'arm64')
    if (!existsSync(to)) {
      mkdirSync(to)
      spawnSync('tar', ['-xf', join(first, name), '-C', to])
    }
    return join(to, name.replace(/\.tar\.gz$/, ''))
  }

  it('hold programs for that processor alone', () => {
    const programs = readdirSync(home(), { recursive: true, encoding: 'utf8' }).filter(
      (name) => name === 'node' || name.endsWith('.node'),
    )
    expect(programs.length).toBe(4)
    // Machine of the ELF header: 183 is AArch64.
    for (const name of programs)
      expect([name, readFileSync(join(home(), name)).readUInt16LE(18)]).toEqual([name, 183])
    expect(linkedWith(readFileSync(join(home(), 'node')))).toContain('libc.so.6')
  })

  it('run: the same cars give the same ledger as on this processor, and its serial port loads', () => {
    const env = { ...process.env, QEMU_LD_PREFIX: '/usr/aarch64-linux-gnu' }
    const run = (program: string, ...args: readonly string[]): Record<string, unknown> => {
      const words = program === process.execPath ? [program] : ['qemu-aarch64-static', program]
      const [command = '', ...rest] = [...words, ...args]
      const ran = spawnSync(command, rest, { cwd: home(), env, encoding: 'utf8' })
      expect([ran.status, ran.stderr]).toEqual([0, ''])
      return JSON.parse(ran.stdout) as Record<string, unknown>
    }
    const cars = ['dist/runtime/main.mjs', 'sim', '--seed', '58', '--lots', '1', '--days', '1']
    const [here, there] = [run(process.execPath, ...cars), run('./node', ...cars)]
    expect(there).toEqual({ ...here, wallMs: expect.any(Number) as number })
    const load = `const { autoDetect } = require('@serialport/bindings-cpp')
      autoDetect().open({ path: '/dev/no-such-port', baudRate: 9600 })
        .catch(({ message }) => console.log(JSON.stringify({ arch: process.arch, message })))`
    const message = expect.stringContaining('No such file') as string
    expect(run('./node', '-e', load)).toEqual({ arch: 'arm64', message })
  })
})
