// A lot under the built program that gets a next version again and again, with a newer schema, packed and signed like a
// release. Both programs and the commands beside them are killed; what must hold after each kill is judged here.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { openReader } from '#base/sqlite/connection.ts'
import { keptPlan } from '#runtime/slots/plan-file.ts'
import { keptSlots } from '#runtime/slots/slots-file.ts'
import type { CarView } from '#lane/calls/views.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { outsideRecords } from '#harness/lot/replay-links.ts'
import { eventually } from '../../kit/eventually.ts'
import { trustIn } from '../../kit/tried-lot.ts'
import { ledgerRows, verdictOn } from '../../wire/kit/ledger-rows.ts'
import { Program, runToEnd } from '../../wire/kit/live-program.ts'
import { obu } from '../../wire/kit/one-car.ts'
import { tcpLot, type RunLot } from '../../wire/kit/run-lot.ts'
import { Killer } from './killer.ts'
import { Preparing, type Prepared } from './preparing.ts'

/** Looks after which a person acts, and after which a person settles. */
const [stillLooks, longLooks] = [6, 60]
/** Kills between two looks of the program in Python, which reads the whole ledger. */
const outsideEvery = 10
const checker = join(import.meta.dirname, '..', '..', 'fixtures', 'ledger-check.py')

export interface Release {
  readonly from: string
  readonly root: string
  readonly version: string
}

export class UpdatedLot {
  readonly lot: RunLot = tcpLot()
  /** Of the lanes, and of the command that prepares. */
  readonly killer: Killer
  readonly prepareKiller: Killer
  readonly preparing: Preparing
  readonly counts: Record<string, number> = {}
  readonly random: () => number
  installed = ''
  private readonly release: Release
  private readonly name: string
  private acts = 0
  private cars = 0
  private judged = 0
  private lastRow: LedgerRow | null = null

  constructor(folder: string, name: string, release: Release, random: () => number) {
    this.name = name
    this.release = release
    this.random = random
    const { dir } = this.lot
    this.killer = new Killer(folder, dir, `${name}-lanes`)
    this.prepareKiller = new Killer(folder, dir, `${name}-prepare`)
    this.preparing = new Preparing(dir, this.prepareKiller.prefix, random)
  }

  get dir(): string {
    return this.lot.dir
  }

  async open(): Promise<void> {
    await this.lot.startSims()
    this.begin()
    this.installed = await this.lot.begunAgain('exit', 1)
    trustIn(this.dir, this.release.root)
  }

  /** By the ordinary command; waits for nothing. */
  begin(): void {
    const words = ['run', '--data', this.dir, '--timing', 'instant']
    this.lot.begin(new Program(words, this.killer.prefix))
  }

  count(what: string): void {
    this.counts[what] = (this.counts[what] ?? 0) + 1
  }

  /** How often these lanes have come up. */
  get readies(): number {
    return this.lot.run.lines.filter(({ event }) => event === 'ready').length
  }

  /** True when the lanes come up for the so manieth time; false when they end first. */
  comesUpAs(times: number): Promise<boolean> {
    const { run } = this.lot
    const isIt = (line: object): boolean =>
      run.lines.filter(({ event }) => event === 'ready')[times - 1] === line
    return run.line(isIt).then(
      () => true,
      () => false,
    )
  }

  private get act() {
    return { by: 'Chen', reason: 'test', commandId: `kill-${this.name}-${this.acts++}` }
  }

  call(name: string, more: object = {}): Promise<unknown> {
    return this.lot.run.call(name, { ...this.act, ...more })
  }

  /** An update is on its way to its end: the real command, as often as another one still holds its lock. */
  async prepared(from = this.release.from): Promise<void> {
    if (keptPlan(this.dir)?.step.is === 'tried') return
    const look = (): Promise<Prepared> => this.preparing.toItsEnd(from)
    const isHeld = ({ said }: Prepared): boolean =>
      (said['error'] as { code?: string } | undefined)?.code === 'LOCK-01'
    const { said } = await eventually(look, (done) => !isHeld(done), { of: this.lot.of })
    expect(said).toMatchObject({ ok: true, is: 'newer' })
    expect(keptPlan(this.dir)?.step).toMatchObject({ is: 'tried' })
    const left = readdirSync(join(this.dir, 'update')).toSorted()
    const known = ['look.json', 'plan.json', 'slots', 'slots.json', 'slots.json.new', 'trust.json']
    expect(left.filter((name) => !known.includes(name))).toEqual([])
    expect(readdirSync(join(this.dir, 'update', 'slots'))).toHaveLength(1)
  }

  /** The next version runs, on trial. */
  async onTrial(): Promise<void> {
    if (keptSlots(this.dir).active !== null) return
    await this.prepared()
    const before = this.readies
    await this.call('updates.want', { when: 'now' })
    expect(await this.lot.begunAgain('exit', before + 1)).toBe(this.release.version)
  }

  private get obuId(): string {
    return this.cars.toString(16).toUpperCase().padStart(8, '0')
  }

  get car() {
    return { plate: `测A${10_000 + this.cars}`, colour: 'blue' }
  }

  /** A car that was not here before. */
  async carIn(): Promise<void> {
    this.cars++
    const { obuId, car } = this
    const cardNo = `${obu.cardNo.slice(0, 12)}${String(this.cars).padStart(8, '0')}`
    const tag = { ...obu, obuId, cardNo, plate: car.plate }
    await this.lot.harness.sims('exit').rsu?.admin('POST', '/cars', tag)
    await this.lot.goesIn('entry', car)
  }

  /** The lanes of one of the two programs, whichever the kill left; then a car, and all that must hold. */
  async goesOn(what: string, isInExit = false): Promise<void> {
    const { dir, lot } = this
    const plan = keptPlan(dir)
    const isSwitched = (plan?.wanted ?? null) !== null && keptSlots(dir).active === null
    this.begin()
    const version = await lot.begunAgain('exit', isSwitched ? 2 : 1)
    const { active, trial } = keptSlots(dir)
    this.count(`${what}: ${version === this.installed ? 'installed' : 'next'}`)
    expect(version, what).toBe(active?.version ?? this.installed)
    expect(trial === null, what).toBe(active === null)
    if (isInExit) await this.letOut()
    else {
      await this.carIn()
      await lot.goesIn('exit', this.car)
    }
    await lot.harness.sims('exit').rsu?.admin('DELETE', `/cars/${this.obuId}`)
    await this.judge(what)
  }

  /** Car and attendant, until the exit is empty: the car may have been charged before the kill or not at all. */
  private async letOut(): Promise<void> {
    const { lot } = this
    let [isUnder, isOut, looks] = [false, false, 0]
    const step = async (): Promise<boolean> => {
      const { state, barrier, car: seen } = await lot.lane('exit')
      if (isOut) return state === 'idle' && barrier.position === 'closed'
      if (!isUnder && barrier.position === 'open' && state === 'opening') {
        await lot.loops('exit', false, true)
        isUnder = true
      } else if (isUnder && barrier.under === 'on') {
        await lot.loops('exit', false, false)
        isOut = true
      } else if (!isUnder && ++looks % stillLooks === 0) await this.attend(state, seen, looks)
      return false
    }
    await eventually(step, (done) => done, { what: 'the car has left', of: lot.of })
  }

  /** What a person does for a car that waits: it is read again, settled, let through by hand. */
  private async attend(state: string, seen: CarView | null, looks: number): Promise<void> {
    const refused = (): void => undefined
    if (state === 'opening') await this.call('lane.open', { laneId: 'exit' }).catch(refused)
    else if (state === 'manual' && looks > longLooks) {
      const orderId = seen?.orderId ?? undefined
      const cash = { laneId: 'exit', orderId, means: 'cash', amountFen: seen?.dueFen ?? 0 }
      await this.call('lane.settle', cash).catch(refused)
    } else await this.lot.sees('exit', this.car)
  }

  private async judge(what: string): Promise<void> {
    const { dir, lot } = this
    const rows = ledgerRows(dir)
    // This program does not read the schema of the next one.
    if (keptSlots(dir).active !== null) await this.verified(what)
    else expect(verdictOn(dir, 'n1'), what).toMatchObject({ ok: true, chain: 'ok' })
    expect(
      rows.map(({ seq }) => seq),
      what,
    ).toEqual(rows.map((_, index) => index + 1))
    if (this.lastRow !== null) expect(rows[this.lastRow.seq - 1], what).toEqual(this.lastRow)
    this.lastRow = rows.at(-1) ?? null
    const halves = ['', 'backup'].flatMap((name) => {
      const folder = join(dir, name)
      return existsSync(folder) ? readdirSync(folder).filter((one) => one.endsWith('.part')) : []
    })
    // What a kill left is gone once the same was done again.
    expect(halves.length, `${what}: ${halves.join(' ')}`).toBeLessThanOrEqual(1)
    const { outside } = await outsideRecords(lot.harness)
    const charges = [...(outside.charges ?? [])].map(({ outTradeNo }) => outTradeNo)
    expect(new Set(charges).size, what).toBe(charges.length)
    mustBePaidOnce(rows, new Set(charges), what)
    const ids = rows.flatMap((row) => (row.kind === 'audit' ? [row.body.commandId] : []))
    const told = ids.filter((id) => id.startsWith('program.'))
    expect(new Set(told).size, what).toBe(told.length)
    if (++this.judged % outsideEvery === 0) this.judgedOutside(what)
  }

  /** By a program that was written from docs/ledger-format.md alone. */
  private judgedOutside(what: string): void {
    const copy = join(this.dir, '..', 'copy.db')
    rmSync(copy, { force: true })
    using db = openReader(join(this.dir, 'ledger.db'))
    db.prepare('VACUUM INTO ?').run(copy)
    const client = join(this.dir, 'keys', 'test-platform', 'client.pem')
    const { stdout } = spawnSync('python3', [checker, copy, client], { encoding: 'utf8' })
    const rows = Number(db.prepare('SELECT count(*) AS n FROM ledger_row').get()?.['n'])
    expect(JSON.parse(stdout), what).toMatchObject({ ok: true, faults: [], rows })
  }

  /** `ledger verify` by the command, which the program of the folder carries out. */
  async verified(what = 'at the end'): Promise<void> {
    const { code, json } = await runToEnd(['ledger', 'verify', '--data', this.dir])
    expect([code, json], what).toMatchObject([0, { ok: true, chain: 'ok' }])
  }

  /** Says what was killed, and at once why a run failed, which the others of a long run outlive. */
  async told(run: () => Promise<void>): Promise<void> {
    try {
      await run()
    } catch (error) {
      process.stdout.write(`${this.name} FAILED: ${String(error)}\n${this.lot.of.said()}\n`)
      throw error
    } finally {
      process.stdout.write(`${this.name} ${JSON.stringify(this.counts)}\n`)
    }
  }
}

/** No stay is paid twice: by rows and by what the platform charged. */
function mustBePaidOnce(
  rows: readonly LedgerRow[],
  charged: ReadonlySet<string>,
  what: string,
): void {
  const etcOf = new Map<string, number>()
  const paid = new Map<string, Set<string>>()
  const of = (stayId: string): Set<string> => {
    const known = paid.get(stayId) ?? new Set()
    paid.set(stayId, known)
    return known
  }
  for (const row of rows)
    if (row.kind === 'payment') {
      of(row.stayId ?? '').add(`${row.body.means} ${row.seq}`)
      if (row.body.means === 'etc' && !etcOf.has(row.stayId ?? ''))
        etcOf.set(row.stayId ?? '', row.seq)
    }
  for (const row of rows)
    if (row.kind === 'intent' && charged.has(row.body.outTradeNo))
      of(row.stayId ?? '').add(`etc ${etcOf.get(row.stayId ?? '') ?? ''}`)
  for (const [stayId, payments] of paid)
    expect([stayId, payments.size, [...payments]], what).toEqual([stayId, 1, expect.anything()])
}
