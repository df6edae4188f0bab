// The set-up under wine, of a small program made here: over an older version with files in use, over one whose files the
// new one has not, in a folder with a Chinese name, beside files of a person, and where no program may lie.
import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../kit/eventually.ts'
import { installersPart, pidsOf, wine10, wineHere, Windows, type Wine } from './wine.ts'

interface Made {
  readonly setup: string
}
type PackTree = (of: {
  readonly out: string
  readonly work: string
  readonly quick: true
  readonly title: string
  readonly name: string
  readonly version: string
  readonly program?: string
}) => Made

const runs = (path: string): boolean => pidsOf(path).length > 0

const title = 'ETC Lane of tests'
const window = 'window.exe'

const under = (wine: Wine) => () => {
  const dir = wine.missing === null ? mkdtempSync(join(tmpdir(), 'etc-lane-setup-')) : ''
  const here = new Windows(dir, wine)
  let packTree: PackTree
  /** What stands for node.exe: it writes what it was asked into a file. */
  let node: Buffer
  /** Programs with a window that closes when it is asked, and with none. */
  let polite: Buffer
  let running: Buffer
  const forMinutes = ['-e', 'setTimeout(() => undefined, 300000)']
  /** One that holds its own file, and nobody may rename it. */
  let locked: Buffer

  function nsis(name: string, script: string): Buffer {
    const file = join(dir, `${name}.exe`)
    const ran = spawnSync('makensis', ['-V1', '-'], {
      input: `Target amd64-unicode\nName "${name}"\nOutFile "${file}"\nRequestExecutionLevel user\n${script}`,
    })
    if (ran.status !== 0) throw new Error(ran.stdout.toString('utf8'))
    return readFileSync(file)
  }

  let count = 0
  /** The set-up of a version with these files; `program`: its window. */
  function versionOf(files: Readonly<Record<string, Buffer | string>>, program?: string): string {
    const work = join(dir, `work-${++count}`)
    for (const [name, bytes] of Object.entries(files)) {
      const file = join(work, title, name)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, bytes)
    }
    const of = { out: join(work, 'out'), work, quick: true, title, name: 'tests' } as const
    return packTree({
      ...of,
      version: `0.${count}.0`,
      ...(program === undefined ? {} : { program }),
    }).setup
  }
  /** The folder is the rest of the line, without marks around it; wine puts some around a word with a blank. */
  const words = (option: string, folder: string): string[] => `${option}=${folder}`.split(' ')
  const install = (setup: string, folder: string, ...more: string[]): number | null =>
    here.run([setup, '/S', ...more, ...words('/D', folder)]).code
  /** Ends with its work: with marks around the folder it would go on beside its own end, from a copy of itself. */
  const uninstall = (folder: string): number | null =>
    here.run([`${folder}\\uninstall.exe`, '/S', ...words('_?', folder)]).code
  const laid = (folder: string): Record<string, string> =>
    Object.fromEntries(
      readdirSync(here.linux(folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name !== 'uninstall.exe')
        .map((entry) => join(entry.parentPath, entry.name))
        .filter((file) => !/(?:setup\.log|installed-files\.txt)$/.test(file))
        .toSorted()
        .map((file) => [
          relative(here.linux(folder), file),
          readFileSync(file).subarray(0, 20).toString('latin1'),
        ]),
    )
  const log = (folder: string): string[] =>
    readFileSync(here.linux(`${folder}\\setup.log`), 'latin1')
      .trim()
      .split('\r\n')
      .filter(Boolean)

  beforeAll(async () => {
    here.begin()
    await here.layLanes()
    running = readFileSync(here.linux(here.node))
    // A window without a screen.
    here.run(['reg', 'add', 'HKCU\\Software\\Wine\\Drivers', '/v', 'Graphics', '/d', 'null', '/f'])
    ;({ packTree } = (await import(installersPart('windows', 'setup.mjs'))) as {
      packTree: PackTree
    })
    const said = '!include "FileFunc.nsh"\nSilentInstall silent\nSection\n${GetParameters} $0\n'
    node = nsis(
      'node',
      `${said}FileOpen $1 "C:\\asked.txt" w\nFileWriteUTF16LE $1 "$0"\nFileClose $1\nIfFileExists "C:\\refuse" 0 +2\nSetErrorLevel 2\nSectionEnd`,
    )
    polite = nsis('polite', 'Page directory\nSection\nSectionEnd')
    locked = nsis('locked', 'SilentInstall silent\nSection\nSleep 120000\nSectionEnd')
  })
  afterAll(() => {
    here.end()
    rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  })

  it.each([
    ['C:\\车场程序'],
    ['C:\\Program Files\\ETC 车道 二'],
    [`C:\\${'长'.repeat(40)}\\${'a'.repeat(60)}`],
  ])('takes away what the older version had and the newer has not: %s', (folder) => {
    const older = {
      'a.txt': 'old',
      'sub/deep/gone.txt': 'old',
      'sub/kept.txt': 'old',
      'a$b.txt': 'old',
    }
    expect(install(versionOf(older), folder)).toBe(0)
    expect(laid(folder)).toEqual(older)
    writeFileSync(here.linux(`${folder}\\of a person.txt`), 'mine')
    const newer = { 'a.txt': 'new', 'sub/kept.txt': 'new', 'new/b.txt': 'new' }
    expect(install(versionOf(newer), folder)).toBe(0)
    expect(laid(folder)).toEqual({ ...newer, 'of a person.txt': 'mine' })
    expect(existsSync(here.linux(`${folder}\\sub\\deep`))).toBe(false)
    expect(log(folder)).toEqual([])

    expect(uninstall(folder)).toBe(0)
    expect(laid(folder)).toEqual({ 'of a person.txt': 'mine' })
  })

  it('moves a program that runs aside, and deletes it at the next set-up', async () => {
    const folder = 'C:\\运行 中'
    expect(install(versionOf({ 'tool.exe': running, 'a.txt': 'old' }), folder)).toBe(0)
    const tool = here.start(`${folder}\\tool.exe`, ...forMinutes)
    await eventually(() => runs(`${folder}\\tool.exe`), { of: tool }).toBe(true)
    expect(install(versionOf({ 'tool.exe': 'new', 'a.txt': 'new' }), folder)).toBe(0)
    expect(Object.keys(laid(folder))).toEqual(['a.txt', 'tool.exe', 'tool.exe.old-1'])
    expect([laid(folder)['tool.exe'], log(folder)]).toEqual(['new', ['aside tool.exe']])
    await tool.kill()
    expect(install(versionOf({ 'tool.exe': 'newer' }), folder)).toBe(0)
    expect(laid(folder)).toEqual({ 'tool.exe': 'newer' })
  })

  it('lays beside what nobody may rename, and has it after a restart of the machine', async () => {
    const folder = 'C:\\锁 住'
    expect(install(versionOf({ 'tool.exe': locked, 'gone.exe': 'old' }), folder)).toBe(0)
    const tool = here.start(`${folder}\\tool.exe`)
    await eventually(() => runs(`${folder}\\tool.exe`), { of: tool }).toBe(true)
    // 3010, of which Linux shows the last byte.
    expect(install(versionOf({ 'tool.exe': 'new' }), folder)).toBe(3010 % 256)
    expect(Object.keys(laid(folder))).toEqual(['tool.exe', 'tool.exe.next'])
    expect(log(folder)).toEqual(['left tool.exe', 'restart tool.exe'])
    await tool.kill()
    here.run(['wineboot', '-r'])
    await eventually(() => laid(folder), { of: tool }).toEqual({ 'tool.exe': 'new' })
  })

  it.each(['C:\\车场 数据', 'C:\\data', 'C:\\a\\b c'])(
    'is put into no folder of a lot: %s',
    (folder) => {
      mkdirSync(here.linux(folder), { recursive: true })
      writeFileSync(here.linux(`${folder}\\ledger.db`), 'rows')
      expect(install(versionOf({ 'a.txt': 'new' }), folder)).toBe(2)
      expect(readdirSync(here.linux(folder))).toEqual(['ledger.db'])
    },
  )

  it('is not put onto a whole disk', () => {
    const before = readdirSync(here.linux('C:\\'))
    install(versionOf({ 'a.txt': 'new' }), 'C:\\')
    expect(readdirSync(here.linux('C:\\'))).toEqual(before)
  })

  describe.skipIf(process.getuid?.() !== 0)('a disk that fills', () => {
    const small = join(dir, 'small')
    const folder = 'E:\\车道 程序'
    const mib = (count: number): Buffer => Buffer.alloc(count << 20, 'x')
    beforeAll(() => {
      mkdirSync(small)
      expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', small]).status).toBe(0)
      symlinkSync(small, join(dir, 'wine', 'dosdevices', 'e:'))
    })
    afterAll(() => {
      expect(spawnSync('umount', [small]).status).toBe(0)
    })

    it.each([
      ['a file that is larger than the disk', { 'a.txt': 'new', 'big.bin': mib(8) }],
      ['files of which the last does not fit', { 'a.bin': mib(2), 'b.bin': mib(2), 'c.txt': 'c' }],
      ['what fits when another program has filled it', { 'a.txt': 'new', 'b.bin': mib(1) }],
    ])(
      'has no room for %s: the older version stays whole, and the same set-up goes on later',
      (_, newer) => {
        const older = { 'a.txt': 'old', 'sub/b.txt': 'old' }
        expect(install(versionOf(older), folder)).toBe(0)
        const other = join(small, 'other')
        writeFileSync(other, mib(3))
        const setup = versionOf(newer)
        expect([install(setup, folder), laid(folder)]).toEqual([2, older])
        expect(log(folder)).toEqual([expect.stringMatching(/^room \d+ MB$/)])
        rmSync(other)
        expect(spawnSync('mount', ['-o', 'remount,size=20m', small]).status).toBe(0)
        expect([install(setup, folder), log(folder)]).toEqual([0, []])
        expect(Object.keys(laid(folder))).toEqual(Object.keys(newer))
        expect(uninstall(folder)).toBe(0)
        expect(spawnSync('mount', ['-o', 'remount,size=4m', small]).status).toBe(0)
      },
    )
  })

  describe('a window that is open', () => {
    it.each([
      ['closes when it is asked', () => polite, []],
      [
        'stays, and the program is moved aside',
        () => running,
        [`open ${window}`, `aside ${window}`],
      ],
    ])('%s', async (_what, program, said) => {
      const folder = `C:\\窗口 ${said.length}`
      expect(install(versionOf({ [window]: program() }, window), folder)).toBe(0)
      const opened = here.start(`${folder}\\${window}`, ...(said.length > 0 ? forMinutes : []))
      const inList = (): boolean => runs(`${folder}\\${window}`)
      await eventually(inList, { of: opened }).toBe(true)
      expect(install(versionOf({ [window]: 'new' }, window), folder)).toBe(0)
      expect([laid(folder)[window], log(folder)]).toEqual(['new', said])
      expect(inList()).toBe(said.length > 0)
      if (said.length > 0) await opened.kill()
    })
  })

  describe('the service of the lanes', () => {
    const asked = (): string | null => {
      const file = here.linux('C:\\asked.txt')
      const text = existsSync(file) ? readFileSync(file, 'utf16le') : null
      rmSync(file, { force: true })
      return text
    }
    const key = 'HKLM\\SOFTWARE\\etc-lane'
    const withNode = (): string =>
      versionOf({ 'node.exe': node, 'dist/runtime/main.mjs': 'the lanes' })
    const order = (folder: string, data: string): string =>
      `"${folder}\\dist\\runtime\\main.mjs" install --data "${data}" --json`

    it('is left alone where none was asked for', () => {
      expect(install(withNode(), 'C:\\一')).toBe(0)
      expect(asked()).toBe(null)
    })

    it.each(['C:\\车场', 'C:\\lot', 'D:\\a b'])(
      'is made by the lanes for %s, when asked',
      (data) => {
        const setup = `Z:${withNode()}`.replaceAll('/', '\\')
        // A word with a blank has marks of its own in the line, which the shell hands over as it is.
        writeFileSync(here.linux('C:\\go.bat'), `"${setup}" /S /DATA="${data}" /D=C:\\er\r\n`)
        if (data.includes(' ')) expect(here.run(['cmd', '/c', 'C:\\go.bat']).code).toBe(0)
        else expect(install(withNode(), 'C:\\er', `/DATA=${data}`)).toBe(0)
        expect(asked()).toBe(order('C:\\er', data))
      },
    )

    it.each(['C:\\车场 一号', 'C:\\lot', 'D:\\a b'])(
      'is made again at an update, for %s',
      (data) => {
        expect(here.run(['reg', 'add', key, '/v', 'Data', '/d', data, '/f']).code).toBe(0)
        expect(install(withNode(), 'C:\\三')).toBe(0)
        expect([asked(), log('C:\\三')]).toEqual([order('C:\\三', data), ['install 0']])
        writeFileSync(here.linux('C:\\refuse'), '')
        expect(install(withNode(), 'C:\\三')).toBe(0)
        expect(log('C:\\三')).toEqual(['install 2'])
        rmSync(here.linux('C:\\refuse'))
        expect(uninstall('C:\\三')).toBe(0)
        expect(here.run(['reg', 'query', key]).code).toBe(1)
      },
    )

    it('is made again for each further folder, whose tasks an uninstall takes away', () => {
      const further = ['etc-lane-exit-0a1b2c', 'etc-lane-3d4e5f']
      for (const [n, name] of further.entries())
        here.run(['reg', 'add', key, '/v', name, '/d', `D:\\停车场 ${n}`, '/f'])
      expect(install(withNode(), 'C:\\四')).toBe(0)
      const said = further.map((name) => `install ${name} 0`)
      expect([
        asked(),
        log('C:\\四')
          .map((line) => line.trim())
          .toSorted(),
      ]).toEqual([
        expect.stringMatching(/install --data "D:\\停车场 [01]" --json$/),
        said.toSorted(),
      ])
      expect(here.run(['C:\\四\\uninstall.exe', '/S', '_?=C:\\四']).code).toBe(0)
      expect(here.run(['reg', 'query', key]).code).toBe(1)
    })
  })
}

for (const wine of [wineHere, wine10])
  describe.skipIf(wine.missing !== null)(`the set-up under ${wine.name}`, under(wine))
