// A separate Windows below a folder: wine without a screen, and the lanes on a Node that it can run.
// Programs write their output to files, because wine 8 refuses a Linux pipe.
import { spawn, spawnSync, type ChildProcess, type StdioOptions } from 'node:child_process'
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { eventually, patienceMs, type UnderTest } from '../kit/eventually.ts'
import { repository } from '../wire/kit/program.ts'
import type { Endpoints, Line } from '../wire/kit/live-program.ts'

export const installersPart = (...path: string[]): string => join(repository, 'installers', ...path)

interface Packed {
  layLane(folder: string, system: 'win32-x64', node: string): void
  windowsNode(pin: string): Promise<string>
  readonly wineNode: string
  readonly shippedNode: string
}
const load = async (...path: string[]): Promise<Packed> =>
  (await import(installersPart(...path))) as Packed

/** wine 8 has no keep-alive for a socket that is not connected yet, and so refuses every connection of undici. */
const withoutKeepAlive = 'without-keep-alive.cjs'

export interface Wine {
  readonly name: string
  /** Null when it runs, else why its tests are skipped. */
  readonly missing: string | null
  /** The command that starts a program of a Windows in this folder. */
  command(dir: string): readonly string[]
  readonly node: 'wineNode' | 'shippedNode'
  readonly env: Readonly<Record<string, string>>
}

export const wineHere: Wine = {
  name: 'wine',
  missing: spawnSync('wine', ['--version']).status === 0 ? null : 'wine is not installed',
  command: () => ['wine'],
  node: 'wineNode',
  // wine 8 reports an older Windows than Node requires.
  env: { NODE_SKIP_PLATFORM_CHECK: '1', NODE_OPTIONS: `--require C:/${withoutKeepAlive}` },
}

/** A separate system with wine 10, made by debootstrap; it sees this folder, devices and processes. */
const otherRoot = process.env['ETC_LANE_DEBIAN_13']
const inOtherRoot = `root=$1; dir=$2; shift 2
mkdir -p "$root$dir"; mount --rbind "$dir" "$root$dir"
mount --rbind /dev "$root/dev"; mount -t proc proc "$root/proc"
exec chroot "$root" "$@"`

/** Runs the packages' own Node. */
export const wine10: Wine = {
  name: 'wine 10',
  missing: otherRoot === undefined ? 'ETC_LANE_DEBIAN_13 names no system' : null,
  command: (dir) => [
    'unshare',
    '--mount',
    'sh',
    '-ec',
    inOtherRoot,
    'sh',
    otherRoot ?? '',
    dir,
    'wine',
  ],
  node: 'shippedNode',
  env: {},
}
for (const { name, missing } of [wineHere, wine10])
  if (missing !== null) process.stdout.write(`SKIPPED: Windows under ${name}: ${missing}\n`)

/** Ids of programs of this path that run, `word` in their line; `tasklist` of wine says nothing. */
export const pidsOf = (path: string, word = ''): readonly number[] =>
  readdirSync('/proc').flatMap((pid) => {
    try {
      const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      const isOne = /^\d+$/.test(pid) && line.startsWith(path) && line.includes(word)
      return isOne ? [Number(pid)] : []
    } catch {
      // It ended meanwhile.
      return []
    }
  })

export interface Said {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

const linesOf = (text: string): Line[] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Line)

/** A Windows path as Linux opens it. */
const slashed = (path: string): string => path.replaceAll('\\', '/')

export class Windows {
  /** Where the lanes are; a name that a person might choose. */
  readonly home = 'C:\\车道 程序'
  readonly dir: string
  private readonly env: NodeJS.ProcessEnv
  private files = 0
  private readonly started = new Set<ChildProcess>()

  private readonly wine: Wine

  constructor(dir: string, wine: Wine = wineHere) {
    this.dir = dir
    this.wine = wine
    this.env = {
      PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin',
      HOME: dir,
      LC_ALL: 'C.UTF-8',
      WINEPREFIX: join(dir, 'wine'),
      WINEDEBUG: '-all',
      WINEDLLOVERRIDES: 'mscoree,mshtml=',
      // Warnings are not output of the lanes.
      NODE_NO_WARNINGS: '1',
      ...wine.env,
    }
  }

  begin(): void {
    for (const words of [
      ['wineboot', '-i'],
      ['winecfg', '-v', 'win10'],
    ])
      if (this.run(words).code !== 0) throw new Error(`wine: ${words.join(' ')}`)
    writeFileSync(
      this.linux(`C:\\${withoutKeepAlive}`),
      "require('node:net').Socket.prototype.setKeepAlive = function () { return this }\n",
    )
  }

  /** Ends each of its programs by id, then the rest of this Windows only. */
  end(): void {
    for (const child of this.started) child.kill('SIGKILL')
    this.run(['wineboot', '-k'])
  }

  /** A path below a drive as Linux names it. */
  linux(path: string): string {
    const [drive = '', ...below] = slashed(path).split('/')
    return join(this.dir, 'wine', 'dosdevices', drive.toLowerCase(), ...below)
  }
  /** A Windows port; wine maps a small number to a port of this machine, if it has one. */
  port(name: string, device: string): void {
    symlinkSync(realpathSync(device), join(this.dir, 'wine', 'dosdevices', name.toLowerCase()))
  }

  async layLanes(): Promise<void> {
    const { layLane } = await load('lane', 'lay.mjs')
    const parts = await load('dev', 'for-windows.mjs')
    layLane(this.linux(this.home), 'win32-x64', await parts.windowsNode(parts[this.wine.node]))
  }

  get node(): string {
    return `${this.home}\\node.exe`
  }
  get program(): string {
    return `${this.home}\\dist\\runtime\\main.mjs`
  }

  /** Runs a program to its end. */
  run(words: readonly string[], env: Readonly<Record<string, string>> = {}): Said {
    const name = this.outputs()
    const [out, err] = [openSync(`${name}.out`, 'w'), openSync(`${name}.err`, 'w')]
    const [program = '', ...before] = this.wine.command(this.dir)
    const ran = spawnSync(program, [...before, ...words], {
      cwd: this.dir,
      env: { ...this.env, ...env },
      stdio: ['ignore', out, err],
      timeout: patienceMs,
    })
    for (const file of [out, err]) closeSync(file)
    const [said, wrong] = [readFileSync(`${name}.out`), readFileSync(`${name}.err`)]
    return { code: ran.status, out: said.toString('utf8'), err: wrong.toString('utf8') }
  }

  /** Runs a command of the lanes to its end; `json` is its last line. */
  lanes(...args: readonly string[]): Said & { readonly json: Line } {
    return this.lanesIn({}, ...args)
  }

  /** The same with these variables in its environment. */
  lanesIn(
    env: Readonly<Record<string, string>>,
    ...args: readonly string[]
  ): Said & { readonly json: Line } {
    const said = this.run([this.node, this.program, ...args, '--json'], env)
    return { ...said, json: linesOf(said.out).at(-1) ?? {} }
  }

  start(...words: readonly string[]): WindowsProgram {
    const name = this.outputs()
    const [out, err] = [openSync(`${name}.out`, 'w'), openSync(`${name}.err`, 'w')]
    const [program = '', ...before] = this.wine.command(this.dir)
    const stdio: StdioOptions = ['ignore', out, err]
    const child = spawn(program, [...before, ...words], { cwd: this.dir, env: this.env, stdio })
    for (const file of [out, err]) closeSync(file)
    this.started.add(child)
    child.once('exit', () => this.started.delete(child))
    return new WindowsProgram(this, child, name)
  }

  private outputs(): string {
    mkdirSync(join(this.dir, 'said'), { recursive: true })
    return join(this.dir, 'said', String(++this.files))
  }
}

export class WindowsProgram implements UnderTest {
  private readonly on: Windows
  private readonly child: ChildProcess
  private readonly name: string

  constructor(on: Windows, child: ChildProcess, name: string) {
    this.on = on
    this.child = child
    this.name = name
  }

  /** Its output so far in complete lines. */
  lines(): Line[] {
    const text = readFileSync(`${this.name}.out`, 'utf8')
    return linesOf(text.slice(0, text.lastIndexOf('\n') + 1))
  }

  async ready(): Promise<Endpoints> {
    const look = (): Line | undefined => this.lines().find(({ event }) => event === 'ready')
    const line = await eventually(look, { of: this }).toBeDefined()
    return line?.['endpoints'] as Endpoints
  }

  async call<T>(name: string, args: object = {}): Promise<T> {
    const { api, tokenFile } = await this.ready()
    const token = readFileSync(this.on.linux(tokenFile), 'utf8').trim()
    const response = await fetch(new URL('/v1/call', api), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name, args }),
    })
    const reply = (await response.json()) as { ok: boolean; data: T; error: unknown }
    if (!reply.ok) throw new Error(JSON.stringify(reply.error))
    return reply.data
  }

  /** Ends it like a power cut. */
  async kill(): Promise<void> {
    const ended = new Promise((done) => this.child.once('exit', done))
    this.child.kill('SIGKILL')
    await ended
  }

  died(): string | null {
    const { exitCode, signalCode, killed } = this.child
    if (exitCode === null && signalCode === null) return null
    return killed ? null : (signalCode ?? `code ${exitCode}`)
  }
  said(): string {
    const texts = ['out', 'err'].map((end) => `${this.name}.${end}`)
    return texts.map((file) => (existsSync(file) ? readFileSync(file, 'utf8') : '')).join('\n')
  }
}
