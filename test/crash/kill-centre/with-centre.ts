// A centre as it is run, and lots in a process beside it, whose rows two programs in Python check afterwards.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import pg from 'pg'
import { expect, onTestFinished } from 'vitest'
import { startCentre, type CentreProcess } from '../../kit/centre-parts.ts'
import { eventually } from '../../kit/eventually.ts'
import { folderOfTest } from '../../kit/own-folder.ts'
import { freePort } from '../../kit/free-port.ts'
import { acceptAll, lotsProcess, type Child, type LotSeen } from './scene.ts'

const python = (file: string, ...args: readonly string[]): unknown =>
  JSON.parse(execFileSync('python3', [file, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 }))

/** A statement at an address. */
export async function asked(address: string, text: string, values: readonly unknown[] = []) {
  const client = new pg.Client({ connectionString: address })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await client.query(text, [...values])
  } finally {
    await client.end()
  }
}

/** Its parts end with the test. */
export class LotsOfCentre {
  private readonly dir: string
  private readonly root: string
  private readonly port: number
  private readonly lots: Child
  private centre: CentreProcess | null = null

  private constructor(dir: string, root: string, port: number, lots: Child) {
    this.dir = dir
    this.root = root
    this.port = port
    this.lots = lots
  }

  /** `dir`: of the centre. */
  static async make(dir: string, count: number): Promise<LotsOfCentre> {
    const [root, port] = [folderOfTest('etc-lots-of-centre-'), await freePort()]
    const lots = lotsProcess(join(root, 'lots'), `https://127.0.0.1:${port}`, count)
    onTestFinished(() => lots.kill())
    return new LotsOfCentre(dir, root, port, lots)
  }

  async startCentre(...args: readonly string[]): Promise<CentreProcess> {
    const door = ['--door', `127.0.0.1:${this.port}`, '--desk', '127.0.0.1:0']
    const centre = startCentre('--data', this.dir, ...door, ...args)
    this.centre = centre
    await eventually(() => centre.said[0] ?? null).toMatchObject({ event: 'ready' })
    return centre
  }

  async stopCentre(): Promise<void> {
    this.centre?.child.kill('SIGTERM')
    expect(await this.centre?.ended).toBe(0)
  }

  startLots(): Promise<void> {
    return this.lots.start()
  }

  async restartLots(): Promise<void> {
    await this.lots.kill()
    await this.lots.start()
  }

  seen(): readonly LotSeen[] {
    return JSON.parse(this.lots.last) as readonly LotSeen[]
  }

  lot(lotId: string): LotSeen | undefined {
    return this.seen().find((one) => one.lotId === lotId)
  }

  pairAgain(lotId: string): void {
    this.lots.say(lotId)
  }

  accept(address: string, count: number): Promise<void> {
    const query = (text: string, values?: readonly unknown[]) => asked(address, text, values)
    return acceptAll(query, join(this.dir, 'authority'), () => this.seen(), count)
  }

  /** Sum of all rows that a database has. */
  async rows(address: string): Promise<number> {
    const text = 'SELECT coalesce(sum(last_seq), 0)::int AS n FROM centre.lot_cursor'
    return (await asked(address, text)).rows[0].n
  }

  async moreRows(address: string): Promise<void> {
    const before = await this.rows(address)
    await eventually(() => this.rows(address)).toBeGreaterThan(before)
  }

  endAppending(): void {
    this.lots.say()
  }

  /** All rows of all lots are there once, and proven. */
  async prove(address: string): Promise<void> {
    await eventually(() => this.seen().filter((one) => one.reachedSeq !== one.lastSeq)).toEqual([])
    const own = python(join(import.meta.dirname, 'own-digests.py'), join(this.root, 'lots'))
    const found = python('test/fixtures/centre-check.py', address)
    const rows = await this.rows(address)
    expect(found).toMatchObject({ ok: true, faults: [], rows, heads: own })
  }
}
