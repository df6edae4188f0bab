// A separate systemd for tests: PID 1 of its own namespaces, on a root file system made for it in memory.
// It does not see the machine's /tmp, /run, /etc or /var. The network is the machine's: simulators run outside.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventually, type UnderTest } from '../kit/eventually.ts'

const script = join(import.meta.dirname, 'own-systemd.sh')
const namespaces = ['--mount', '--pid', '--fork', '--ipc', '--uts', '--cgroup', '--kill-child']

/** A folder in which cgroups (version 2) can be made; null when there is none. */
function groupsFolder(): string | null {
  const rows = readFileSync('/proc/self/mounts', 'utf8').split('\n')
  const at = rows.map((row) => row.split(' ')).find(([, , kind]) => kind === 'cgroup2')?.[1]
  try {
    accessSync(at ?? '', constants.W_OK)
    return at ?? null
  } catch {
    return null
  }
}

/** Arguments of the script: the folder, and what tells its root from the machine's. */
const rootOf = (folder: string, act: 'prove' | 'begin'): readonly string[] => [
  folder,
  String(statSync('/').dev),
  `etc-lane-own-${process.pid}-${randomUUID()}`,
  act,
]

/** What the script says of a root that may be the machine's own: the marker is a name that is there. */
export function refusedRoot(marker: string): {
  readonly code: number | null
  readonly err: string
} {
  const folder = mkdtempSync(join(tmpdir(), 'etc-lane-probe-'))
  const [, device = ''] = rootOf(folder, 'begin')
  const ran = spawnSync('unshare', [...namespaces, 'sh', script, folder, device, marker, 'begin'], {
    encoding: 'utf8',
  })
  rmdirSync(folder)
  return { code: ran.status, err: ran.stderr.trim() }
}

/** Why no such systemd can run here; null when it can. */
export function systemdMissing(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'it needs root on Linux'
  if (!existsSync('/lib/systemd/systemd')) return 'systemd is not installed'
  const groups = groupsFolder()
  if (groups === null) return 'no groups of processes can be made'
  const probe = mkdtempSync(join(tmpdir(), 'etc-lane-probe-'))
  // All but systemd itself: proves that its root would be another one than the machine's.
  const tried = spawnSync('unshare', [...namespaces, 'sh', script, ...rootOf(probe, 'prove')], {
    encoding: 'utf8',
  })
  rmdirSync(probe)
  return tried.status === 0 ? null : `no root of its own: ${tried.stderr.trim().split('\n', 1)[0]}`
}

interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

let made = 0

export class OwnSystemd {
  /** Output that says why it did not start. */
  private log = ''
  private readonly child: ChildProcess
  private readonly group: string
  private readonly folder = mkdtempSync(join(tmpdir(), 'etc-lane-own-'))
  private readonly gone: Promise<void>
  private pid = 0
  private readonly underTest: UnderTest = {
    died: () => (this.child.exitCode === null ? null : `code ${this.child.exitCode}`),
    said: () => this.log,
  }

  /** `folders`: folders of the machine that both may write to. */
  private constructor(folders: readonly string[]) {
    this.group = join(groupsFolder() ?? '', `etc-lane-${process.pid}-${made++}`)
    mkdirSync(this.group)
    const enter = `echo $$ > ${this.group}/cgroup.procs && exec unshare ${namespaces.join(' ')} sh "$@"`
    const args = ['-c', enter, 'sh', script, ...rootOf(this.folder, 'begin'), ...folders]
    this.child = spawn('sh', args, { stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.log += text
      })
    this.gone = new Promise((done) => this.child.once('close', () => done()))
  }

  static async boot(folders: readonly string[]): Promise<OwnSystemd> {
    const own = new OwnSystemd(folders)
    try {
      await eventually(
        () => own.begun(),
        (is) => is,
        { what: 'systemd runs', of: own.underTest },
      )
    } catch (error) {
      await own.stop()
      throw error
    }
    return own
  }

  private begun(): boolean {
    if (this.child.exitCode !== null) return false
    const outer = this.child.pid ?? 0
    const below = readFileSync(`/proc/${outer}/task/${outer}/children`, 'utf8').trim()
    if (below === '') return false
    this.pid = Number(below.split(' ', 1)[0])
    return ['running', 'degraded'].includes(this.run('systemctl', 'is-system-running').out.trim())
  }

  /** Runs a command beside it and returns when it has ended. */
  run(...command: readonly string[]): Ran {
    const into = ['-t', `${this.pid}`, '-m', '-p', '-i', '-u', '-C', '--', ...command]
    const ran = spawnSync('nsenter', into, {
      encoding: 'utf8',
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C.UTF-8', HOME: '/root' },
      maxBuffer: 64 << 20,
    })
    return { code: ran.status, out: ran.stdout, err: ran.stderr }
  }

  /** One property of a unit, as `systemctl show` prints it. */
  show(unit: string, property: string): string {
    return this.run('systemctl', 'show', '--value', '-p', property, unit).out.trim()
  }

  /** Resident memory of one of its processes in MB: the peak, or the present value. */
  residentMb(pid: number, which: 'VmHWM' | 'VmRSS'): number {
    const { out } = this.run('cat', `/proc/${pid}/status`)
    return Number(new RegExp(String.raw`^${which}:\s+(\d+) kB`, 'm').exec(out)?.[1] ?? 0) / 1024
  }

  async stop(): Promise<void> {
    this.child.kill('SIGKILL')
    await this.gone
    const isEmpty = (): boolean =>
      readFileSync(join(this.group, 'cgroup.events'), 'utf8').includes('populated 0')
    await eventually(isEmpty, (is) => is)
    removeGroups(this.group)
    rmSync(this.folder, { recursive: true, force: true })
  }
}

function removeGroups(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory()) removeGroups(join(folder, entry.name))
  rmdirSync(folder)
}
