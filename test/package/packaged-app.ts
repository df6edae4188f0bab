// Packs the application for tests, moves it away from where it was built, and starts it there.
// Neither its path, its environment nor its working directory contains the checkout.
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { chromium, type Browser, type Page } from 'playwright-core'
import { eventually, patienceMs, type UnderTest } from '../kit/eventually.ts'

export const root = join(import.meta.dirname, '..', '..')
const execute = promisify(execFile)

export interface Packed {
  /** The Debian package, and its installed files by paths of a root. */
  readonly deb: string
  readonly tree: string
  readonly folder: string
  readonly executable: string
  readonly archive: string
}

/** Unpacks the Debian package below a path with Chinese words and a space, as on a real desktop. */
export async function packInto(dir: string): Promise<Packed> {
  const script = join(root, 'installers', 'dev', 'package.mjs')
  const args = [script, '--for-tests', '--studio-deb', '--out', join(dir, 'built')]
  const { stdout } = await execute(process.execPath, args, { cwd: root })
  const said = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as {
    file: string
    executable: string
  }
  const tree = join(dir, '车道 软件')
  await execute('dpkg-deb', ['-x', said.file, tree])
  const deb = join(dir, basename(said.file))
  renameSync(said.file, deb)
  rmSync(join(dir, 'built'), { recursive: true, force: true })
  const folder = join(tree, 'usr', 'lib', said.executable)
  return {
    deb,
    tree,
    folder,
    executable: join(folder, said.executable),
    archive: join(folder, 'resources', 'app.asar'),
  }
}

interface ArchiveNode {
  readonly files?: Readonly<Record<string, ArchiveNode>>
  readonly unpacked?: boolean
  readonly offset?: string
  readonly size?: number
}

export interface ArchivedFile {
  readonly path: string
  readonly unpacked: boolean
  text(): string
}

/** Files of an asar archive: sizes in four words, then a JSON tree, then the bytes. */
export function archivedFiles(archive: string): ArchivedFile[] {
  const bytes = readFileSync(archive)
  const headerBytes = bytes.readUInt32LE(12)
  const header = JSON.parse(bytes.toString('utf8', 16, 16 + headerBytes)) as ArchiveNode
  const start = 8 + bytes.readUInt32LE(4)
  const walk = (node: ArchiveNode, path: string): ArchivedFile[] => {
    if (node.files !== undefined) {
      return Object.entries(node.files).flatMap(([name, child]) =>
        walk(child, path === '' ? name : `${path}/${name}`),
      )
    }
    const from = start + Number(node.offset ?? 0)
    const text = (): string => bytes.toString('utf8', from, from + (node.size ?? 0))
    return [{ path, unpacked: node.unpacked === true, text }]
  }
  return walk(header, '')
}

export interface StartedApp {
  readonly page: Page
  readonly child: ChildProcess
  /** Set in the environment of every process that it starts. */
  readonly mark: string
  readonly temp: string
  readonly ended: Promise<number | null>
  /** For a test that failed half way; harmless after the application has ended. */
  kill(): Promise<void>
}

/**
 * A clean environment, with the two variables that would turn Electron into plain Node or load
 * code into it: the fuses must make both ineffective.
 */
function cleanEnv(dir: string, mark: string): Record<string, string> {
  const home = join(dir, 'home')
  const temp = join(dir, 'tmp')
  for (const folder of [home, temp]) mkdirSync(folder, { recursive: true })
  const env: Record<string, string> = {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    HOME: home,
    XDG_CONFIG_HOME: join(home, 'config'),
    TMPDIR: temp,
    LANG: 'C.UTF-8',
    ETC_LANE_MARK: mark,
    ELECTRON_RUN_AS_NODE: '1',
    NODE_OPTIONS: '--require=/nonexistent.cjs',
  }
  for (const name of ['DISPLAY', 'XAUTHORITY']) {
    const value = process.env[name]
    if (value !== undefined) env[name] = value
  }
  return env
}

/** Its stderr from its start on, and whether it is alive. */
function underTest(child: ChildProcess): UnderTest {
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', (part: string) => {
    said = (said + part).slice(-8_000)
  })
  return {
    died: () =>
      child.exitCode === null && child.signalCode === null
        ? null
        : `code ${child.exitCode}, signal ${child.signalCode}`,
    said: () => said,
  }
}

/** The address of the debugging port, from the first lines on stderr. */
async function debuggingUrl(of: UnderTest): Promise<string> {
  const url = (): string => /DevTools listening on (ws:\S+)/.exec(of.said())?.[1] ?? ''
  return eventually(url, (found) => found !== '', { what: 'the debugging port', of })
}

/** Connecting while the window is being made sometimes hangs, so wait for the window first. */
async function pageIsThere(url: string, of: UnderTest): Promise<void> {
  const list = new URL('/json/list', url.replace(/^ws:/, 'http:'))
  const targets = async (): Promise<string[]> =>
    ((await (await fetch(list)).json()) as { url: string }[]).map((target) => target.url)
  await eventually(targets, { of }).toContain('app://ui/index.html')
}

export async function startApp(packed: Packed, dir: string, dataDir: string): Promise<StartedApp> {
  const mark = randomUUID()
  const env = cleanEnv(dir, mark)
  const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const args = [...flags, '--remote-debugging-port=0', '--demo', '--data', dataDir]
  const child = spawn(packed.executable, args, {
    env,
    cwd: dir,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const of = underTest(child)
  const ended = new Promise<number | null>((done) => child.once('exit', done))
  let browser: Browser | null = null
  const kill = async (): Promise<void> => {
    await browser?.close()
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
    await ended
  }
  try {
    const url = await debuggingUrl(of)
    await pageIsThere(url, of)
    browser = await chromium.connectOverCDP(url, { timeout: patienceMs })
    const page = browser.contexts()[0]?.pages()[0]
    if (page === undefined) throw new Error('the application has no page')
    page.setDefaultTimeout(patienceMs)
    return { page, child, mark, temp: join(dir, 'tmp'), ended, kill }
  } catch (error) {
    await kill()
    throw error
  }
}

/** Loads a package from the archive, on the packed Electron, and evaluates code with it. */
export async function loadFromArchive(packed: Packed, code: string): Promise<unknown> {
  const binary = process.env['ETC_LANE_ELECTRON'] ?? ''
  if (!existsSync(binary)) throw new Error('run this as npm test -- package')
  const { stdout } = await execute(binary, ['-e', code, packed.archive], {
    env: { PATH: '/usr/bin:/bin', ELECTRON_RUN_AS_NODE: '1' },
    cwd: packed.folder,
  })
  return JSON.parse(stdout)
}

/** Runs the repository's command line on a data folder left by the package. */
export async function etcLane<T>(...args: string[]): Promise<T> {
  const program = join(root, 'firmware-runtime', 'main.ts')
  const { stdout } = await execute(process.execPath, [program, ...args, '--json'], { cwd: root })
  return JSON.parse(stdout) as T
}
