// A Windows package for tests, built without compression so that its contents can be compared, and its zip read by
// unzip. Checks what every package must contain, and its installer under wine.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect } from 'vitest'
import { root } from '../package/packaged-app.ts'
import type { Windows } from './wine.ts'

function said(program: string, ...args: readonly string[]): Buffer {
  const ran = spawnSync(program, args, { maxBuffer: 512 << 20 })
  if (ran.status !== 0) throw new Error(`${program}: ${ran.stderr.toString('utf8')}`)
  return ran.stdout
}

export class MadeForWindows {
  readonly title: string
  readonly zip: string
  readonly setup: string
  /** Names of files that the installer was given. */
  readonly packed: readonly string[]
  /** Paths of the files in the zip, below the folder of its title. */
  readonly names: readonly string[]

  constructor(dir: string, flag: '--windows' | '--studio-windows', title: string) {
    const script = join(root, 'installers', 'dev', 'package.mjs')
    const out = said(process.execPath, script, flag, '--for-tests', '--out', join(dir, 'made'))
    const last = out.toString('utf8').trim().split('\n').at(-1) ?? ''
    const made = JSON.parse(last) as Pick<MadeForWindows, 'zip' | 'setup' | 'packed'>
    this.title = title
    this.zip = made.zip
    this.setup = made.setup
    this.packed = made.packed
    const listed = said('unzip', '-Z1', made.zip).toString('utf8').trim().split('\n')
    const files = listed.filter((name) => !name.endsWith('/'))
    expect(files.filter((name) => !name.startsWith(`${title}/`))).toEqual([])
    this.names = files.map((name) => name.slice(title.length + 1))
  }

  read(...names: readonly string[]): Buffer {
    return said('unzip', '-p', this.zip, ...names.map((name) => `${this.title}/${name}`))
  }

  unpackTo(folder: string): string {
    said('unzip', '-qo', this.zip, '-d', folder)
    return join(folder, this.title)
  }

  /** These programs are for Windows x64. */
  expectForX64(names: readonly string[]): void {
    for (const name of names) {
      const bytes = this.read(name)
      const peAt = bytes.readUInt32LE(0x3c)
      expect([name, bytes.toString('latin1', 0, 2)]).toEqual([name, 'MZ'])
      // Machine 0x8664 is x64.
      expect([name, bytes.readUInt16LE(peAt + 4)]).toEqual([name, 0x8664])
    }
  }

  /** No name that Windows refuses, none too long below a usual folder, and no two that Windows takes for the same. */
  expectNames(): void {
    const refused = /[<>:"|?*\\]|[ .](?:\/|$)|(?:^|\/)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\/|$)/i
    expect(this.names.filter((name) => refused.test(name))).toEqual([])
    const home = `C:\\Program Files\\${this.title}\\`
    expect(this.names.filter((name) => `${home}${name}`.length >= 260)).toEqual([])
    const small = this.names.map((name) => name.toLowerCase())
    expect(new Set(small).size).toBe(small.length)
  }

  /** The installer was given each file of the zip, and contains these byte by byte. */
  expectInSetup(names: readonly string[]): void {
    const setup = readFileSync(this.setup)
    expect(setup.toString('latin1', 0, 2)).toBe('MZ')
    expect(setup.includes('NullsoftInst')).toBe(true)
    const last = (name: string): string => name.slice(name.lastIndexOf('/') + 1)
    const given = new Set(this.packed)
    expect(this.names.map(last).filter((name) => !given.has(name))).toEqual([])
    for (const name of names) expect([name, setup.includes(this.read(name))]).toEqual([name, true])
  }

  /** Neither zip nor installer contains a path of the build. */
  expectNoPath(paths: readonly string[]): void {
    for (const file of [this.zip, this.setup]) {
      const bytes = readFileSync(file)
      for (const path of paths)
        for (const encoding of ['utf8', 'utf16le'] as const)
          expect([path, encoding, bytes.includes(Buffer.from(path, encoding))]).toEqual([
            path,
            encoding,
            false,
          ])
    }
  }

  /** The menu entry for all users. */
  private menu(here: Windows): boolean {
    const programs = 'C:\\ProgramData\\Microsoft\\Windows\\Start Menu\\Programs'
    return existsSync(here.linux(`${programs}\\${this.title}.lnk`))
  }

  /**
   * Its installer under wine: over an older one in a folder with a Chinese name, listed, and uninstalled without the
   * lot.
   */
  expectComesAndGoes(here: Windows, names: readonly string[], hasMenu: boolean): void {
    const program = here.linux('C:\\车场程序')
    const lot = here.linux('C:\\车场 一号\\lot.json')
    const key = `HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\${this.title}`
    const laid = (): string[] =>
      readdirSync(program, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(program, join(entry.parentPath, entry.name)))
        .toSorted()
    mkdirSync(program)
    writeFileSync(join(program, 'node.exe'), 'of an older version')
    mkdirSync(dirname(lot))
    writeFileSync(lot, '{}')
    expect(here.run([this.setup, '/S', '/D=C:\\车场程序']).code).toBe(0)
    const older = this.names.includes('node.exe') ? [] : ['node.exe']
    const own = ['installed-files.txt', 'setup.log', 'uninstall.exe']
    expect(laid()).toEqual([...this.names, ...older, ...own].toSorted())
    for (const name of names)
      expect([name, readFileSync(join(program, name)).equals(this.read(name))]).toEqual([
        name,
        true,
      ])
    const listed = here.run(['reg', 'query', key])
    expect([listed.code, listed.out]).toEqual([0, expect.stringContaining('uninstall.exe')])
    expect(this.menu(here)).toBe(hasMenu)

    expect(here.run([join(program, 'uninstall.exe'), '/S', '_?=C:\\车场程序']).code).toBe(0)
    // A file that no set-up has listed is a person's. The uninstaller that runs stays until a restart.
    expect(laid().filter((name) => name !== 'uninstall.exe')).toEqual(older)
    expect(existsSync(lot)).toBe(true)
    expect([here.run(['reg', 'query', key]).code, this.menu(here)]).toEqual([1, false])
  }
}
