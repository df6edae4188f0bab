// A centre and several lots, each process of which is killed again and again while rows flow.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { openAuthority } from '../../../centre/authority/open-authority.ts'
import { decidePairing } from '../../../centre/pairing/decide.ts'
import { must } from '#base/pure/values/must.ts'
import { testCentre, type TestCentre } from '../../kit/centre-database.ts'
import { eventually } from '../../kit/eventually.ts'
import { bundled } from '../bundled.ts'

export interface LotSeen {
  readonly lotId: string
  readonly state: string
  readonly digits: string | null
  readonly reachedSeq: number
  readonly lastSeq: number
  readonly fault: string | null
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const bound = server.address()
  must(typeof bound === 'object' && bound !== null, 'a listening server has a port')
  server.close()
  return bound.port
}

const [doorScript, foldScript, lotsScript] = [
  fileURLToPath(new URL('./door-child.ts', import.meta.url)),
  fileURLToPath(new URL('./fold-child.ts', import.meta.url)),
  fileURLToPath(new URL('./lots-child.ts', import.meta.url)),
]

/** A child process whose last line is known. */
export class Child {
  private process: ChildProcess | null = null
  last = ''
  private readonly script: string
  private readonly args: readonly string[]
  constructor(script: string, args: readonly string[]) {
    this.script = script
    this.args = args
  }

  async start(): Promise<void> {
    this.last = ''
    const child = spawn(process.execPath, [await bundled(this.script), ...this.args], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    this.process = child
    createInterface(child.stdout).on('line', (line) => {
      this.last = line
    })
    await eventually(() => this.last).not.toBe('')
  }

  say(line = ''): void {
    this.process?.stdin?.write(`${line}\n`)
  }

  async kill(): Promise<void> {
    const { process: child } = this
    if (child === null) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    const [, signal] = (await gone) as [number | null, string | null]
    must(signal === 'SIGKILL', 'the process did not end by itself')
    this.process = null
  }
}

/** Of a door on a port of its own or the one given. */
export const doorProcess = (address: string, authorityDir: string, port: number): Child =>
  new Child(doorScript, [address.replace('books@', 'etc_door@'), authorityDir, String(port)])

/** Lots that append rows and send them to the door at `url`. */
export const lotsProcess = (dir: string, url: string, count: number): Child =>
  new Child(lotsScript, [dir, url, String(count)])

type Query = (text: string, values?: readonly unknown[]) => Promise<{ rows: unknown[] }>
const waiting = `SELECT pairing_id AS id, lot_id AS lot, digits FROM desk.pairing
  WHERE digits IS NOT NULL AND state = 'pending'`

/** Accepts each lot whose digits are the same at both sides, once so many ask. */
export async function acceptAll(
  query: Query,
  authorityDir: string,
  seen: () => readonly LotSeen[],
  count: number,
): Promise<void> {
  const authority = await openAuthority(authorityDir, [], Date.now())
  const asked = async () =>
    (await query(waiting)).rows as { id: string; lot: string; digits: string }[]
  await eventually(asked).toHaveLength(count)
  for (const { id, lot, digits } of await asked()) {
    await eventually(() => seen().find(({ lotId }) => lotId === lot)?.digits).toBe(digits)
    const accepted = { pairingId: id, accept: true, nowMs: Date.now(), person: 'test' }
    await decidePairing({ query } as never, authority, accepted)
  }
}

export const victims = ['lots', 'door', 'fold', 'postgres'] as const
export type Victim = (typeof victims)[number]

export class KilledCentre {
  readonly centre: TestCentre
  readonly root: string
  private readonly lots: Child
  private readonly door: Child
  private readonly fold: Child
  private readonly authorityDir: string

  private constructor(centre: TestCentre, root: string, port: number, count: number) {
    this.centre = centre
    this.root = root
    this.authorityDir = join(root, 'authority')
    const { address } = centre.server
    this.door = doorProcess(address, this.authorityDir, port)
    this.fold = new Child(foldScript, [address.replace('books@', 'etc_work@'), address])
    this.lots = lotsProcess(join(root, 'lots'), `https://127.0.0.1:${port}`, count)
  }

  static async start(count: number): Promise<KilledCentre> {
    const centre = await testCentre()
    const root = mkdtempSync(join(tmpdir(), 'etc-kill-centre-'))
    const scene = new KilledCentre(centre, root, await freePort(), count)
    await scene.door.start()
    await scene.fold.start()
    await scene.lots.start()
    await acceptAll(centre.owner, scene.authorityDir, () => scene.seen(), count)
    return scene
  }

  seen(): readonly LotSeen[] {
    return JSON.parse(this.lots.last) as readonly LotSeen[]
  }

  /** Sum of all rows that the centre has. */
  async rows(): Promise<number> {
    const { rows } = await this.centre.owner(
      'SELECT coalesce(sum(last_seq), 0)::int AS n FROM centre.lot_cursor',
    )
    return (rows[0] as { n: number }).n
  }

  /** Rows that are not folded yet. */
  private async unfolded(): Promise<number> {
    const { rows } = await this.centre.owner(
      'SELECT coalesce(sum(seq), 0)::int AS n FROM centre.fold_cursor',
    )
    return (await this.rows()) - (rows[0] as { n: number }).n
  }

  /** Kills one of them and starts it again. */
  async kill(victim: Victim): Promise<void> {
    if (victim === 'postgres') {
      await this.centre.server.crash()
      await this.centre.server.start()
      return
    }
    await this[victim].kill()
    await this[victim].start()
  }

  /** Until the centre has every row of every lot, and has folded it. */
  async drain(): Promise<readonly LotSeen[]> {
    this.lots.say()
    const seen = await eventually(
      () => this.seen(),
      (lots) => lots.length > 0 && lots.every((one) => one.reachedSeq === one.lastSeq),
    )
    await eventually(() => this.unfolded()).toBe(0)
    return seen
  }

  async remove(): Promise<void> {
    await this.lots.kill()
    await this.door.kill()
    await this.fold.kill()
    await this.centre.remove()
    rmSync(this.root, { recursive: true, force: true })
  }
}
