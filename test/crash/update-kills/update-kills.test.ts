// Kill -9 of lanes between two programs: before a wish, while they are switched, on trial with a car in the exit, while they
// are taken back, and while a next version is laid down. After each kill one of the two programs comes up, the car that was there
// leaves, another one is charged, no stay is charged twice, and the ledger is whole.
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { keepPlan, keptPlan } from '../../../firmware-runtime/adapters/update/plan-file.ts'
import { keptSlots } from '../../../firmware-runtime/adapters/update/slots-file.ts'
import { outsideRecords } from '../../../firmware-runtime/harness/lot/replay-links.ts'
import type { CarView } from '../../../firmware-runtime/api/views.ts'
import type { LedgerRow } from '../../../firmware-runtime/core/values/rows/ledger-row.ts'
import { wishBack } from '../../../firmware-runtime/runtime/update/wishes.ts'
import { folderOfFile } from '../../kit/own-folder.ts'
import { nextProgram, placeSlot, slotOf, triedPlan } from '../../kit/slot-program.ts'
import { eventually } from '../../kit/eventually.ts'
import { ledgerRows, verdictOn } from '../../wire/kit/ledger-rows.ts'
import { runToEnd } from '../../wire/kit/live-program.ts'
import { obu } from '../../wire/kit/one-car.ts'
import { tcpLot, type RunLot } from '../../wire/kit/run-lot.ts'
import { seeded } from '../powercut/disk.ts'

/** The full scale is 1,000. */
const kills = Number(process.env['UPDATE_KILLS'] ?? 50)
const seed = Number(process.env['UPDATE_KILLS_SEED'] ?? 1)
/** A switch takes a second until it is looked at, and the start of a program. */
const switchMsMax = 4_000
const chargeMsMax = 300
/** Looks after which a person acts, and after which a person settles. */
const [stillLooks, longLooks] = [6, 60]

const next = slotOf('99.0.1')
const folder = folderOfFile('etc-update-kills-')
const atIso = '2026-07-01T10:00:00.000+08:00'
const moments = ['preparing', 'switching', 'trial', 'takingBack'] as const
type Moment = (typeof moments)[number]

class Scene {
  readonly lot: RunLot = tcpLot()
  readonly counts: Record<string, number> = {}
  private readonly random = seeded(seed)
  private readonly program = nextProgram(join(folder, 'next'), next)
  private acts = 0
  private cars = 0
  private installed = ''

  private get dir(): string {
    return this.lot.dir
  }

  async open(): Promise<void> {
    await this.lot.startSims()
    await this.lot.start('exit')
    this.installed = String(this.lot.run.lines[0]?.['version'])
    placeSlot(this.dir, next, this.program)
  }

  /** The next version runs, on trial. */
  private async onTrial(): Promise<void> {
    if (keptSlots(this.dir).active !== null) return
    const before = this.lot.run.lines.filter(({ event }) => event === 'ready').length
    keepPlan(this.dir, triedPlan(next, { when: 'now', by: 'Chen', atIso }))
    await this.lot.begunAgain('exit', before + 1)
  }

  private get obuId(): string {
    return this.cars.toString(16).toUpperCase().padStart(8, '0')
  }

  private get car() {
    return { plate: `测A${10_000 + this.cars}`, colour: 'blue' }
  }

  /** A car that was not here before. */
  private async carIn(): Promise<void> {
    this.cars++
    const { obuId, car } = this
    const cardNo = `${obu.cardNo.slice(0, 12)}${String(this.cars).padStart(8, '0')}`
    const tag = { ...obu, obuId, cardNo, plate: car.plate }
    await this.lot.harness.sims('exit').rsu?.admin('POST', '/cars', tag)
    await this.lot.goesIn('entry', car)
  }

  private async carGone(): Promise<void> {
    await this.lot.harness.sims('exit').rsu?.admin('DELETE', `/cars/${this.obuId}`)
  }

  private async begin(moment: Moment): Promise<void> {
    const { dir } = this
    const wanted = { when: 'now', by: 'Chen', atIso } as const
    if (moment === 'preparing') this.unpack()
    else if (moment === 'switching') keepPlan(dir, triedPlan(next, wanted))
    else await this.onTrial()
    if (moment === 'takingBack') wishBack(dir, { by: 'Chen', reason: 'slow' })
    if (moment !== 'trial') return
    await this.carIn()
    await this.lot.comes('exit', this.car)
  }

  /** An update is unpacked while the installed program runs: half of it lies there at the kill, or all of it. */
  private unpack(): void {
    if (keptSlots(this.dir).active !== null) return
    keepPlan(this.dir, triedPlan(next))
    const place = join(this.dir, 'update', 'slots', next.name)
    rmSync(place, { recursive: true, force: true })
    if (this.random() < 0.5) mkdirSync(`${place}.part`, { recursive: true })
    else placeSlot(this.dir, next, this.program)
  }

  async kill(moment: Moment): Promise<void> {
    await this.begin(moment)
    await pause(this.random() * (moment === 'trial' ? chargeMsMax : switchMsMax))
    await this.lot.run.stop('SIGKILL')
    await this.comesUp(moment)
    if (moment === 'trial') await this.letOut()
    else {
      await this.carIn()
      await this.lot.goesIn('exit', this.car)
    }
    await this.carGone()
    await this.judge(moment)
  }

  /** The lanes of one of the two programs, whichever the kill left. */
  private async comesUp(moment: Moment): Promise<void> {
    const { dir, lot } = this
    const place = join(dir, 'update', 'slots', next.name)
    const isSwitched = (keptPlan(dir)?.wanted ?? null) !== null && keptSlots(dir).active === null
    lot.begin()
    const version = await lot.begunAgain('exit', isSwitched ? 2 : 1)
    const name = version === next.version ? 'next' : 'installed'
    const what = `${moment}: ${name}`
    this.counts[what] = (this.counts[what] ?? 0) + 1
    expect(version).toBe(keptSlots(dir).active === null ? this.installed : next.version)
    if (existsSync(place)) return
    placeSlot(dir, next, this.program)
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
    const { run } = this.lot
    const who = { by: 'Chen', reason: 'restart', commandId: `kill-${seed}-${this.acts++}` }
    const act = { laneId: 'exit', ...who }
    const refused = (): void => undefined
    if (state === 'opening') await run.call('lane.open', act).catch(refused)
    else if (state === 'manual' && looks > longLooks) {
      const orderId = seen?.orderId ?? undefined
      const cash = { means: 'cash', amountFen: seen?.dueFen ?? 0 }
      await run.call('lane.settle', { ...act, orderId, ...cash }).catch(refused)
    } else await this.lot.sees('exit', this.car)
  }

  private async judge(moment: Moment): Promise<void> {
    const rows = ledgerRows(this.dir)
    expect(verdictOn(this.dir, 'n1'), moment).toMatchObject({ ok: true, chain: 'ok' })
    const { outside } = await outsideRecords(this.lot.harness)
    const paidThere = new Set([...(outside.charges ?? [])].map(({ outTradeNo }) => outTradeNo))
    const paid = new Map<string, Set<string>>()
    const of = (stayId: string): Set<string> => {
      const known = paid.get(stayId) ?? new Set()
      paid.set(stayId, known)
      return known
    }
    for (const row of rows) {
      if (row.kind === 'payment') of(row.stayId ?? '').add(`${row.body.means} ${row.seq}`)
      if (row.kind === 'intent' && paidThere.has(row.body.outTradeNo))
        of(row.stayId ?? '').add(`etc ${ofPayment(rows, row.stayId)}`)
    }
    for (const [stayId, payments] of paid)
      expect([stayId, payments.size, [...payments]], moment).toEqual([stayId, 1, expect.anything()])
    const ids = rows.flatMap((row) => (row.kind === 'audit' ? [row.body.commandId] : []))
    const told = ids.filter((id) => id.startsWith('program.'))
    expect(new Set(told).size, moment).toBe(told.length)
  }
}

/** The row by which a stay is paid by ETC; empty: there is none yet. */
const ofPayment = (rows: readonly LedgerRow[], stayId: string | undefined): string =>
  String(
    rows.find((row) => row.kind === 'payment' && row.stayId === stayId && row.body.means === 'etc')
      ?.seq ?? '',
  )

it(`leaves lanes that work after ${kills} kills`, async () => {
  const scene = new Scene()
  try {
    await scene.open()
    for (let at = 0; at < kills; at++) await scene.kill(moments[at % moments.length] ?? 'switching')
    const { code } = await runToEnd(['ledger', 'verify', '--data', scene.lot.dir])
    expect(code).toBe(0)
  } finally {
    process.stdout.write(`update kills, seed ${seed}: ${JSON.stringify(scene.counts)}\n`)
    await scene.lot.close()
  }
})
