// The scheduler carries out what upkeep decides: a row for everything, faults reported, one act at a time.
// The folder is scripted and the test moves time; a full disk, a stop and a crash come in between.
import { describe, expect, it } from 'vitest'
import { UpkeepScheduler } from '#lane/lot/upkeep/upkeep-scheduler.ts'
import { standardUpkeep } from '#base/pure/lot/config.ts'
import type { BackupCopy, UpkeepFacts } from '#ledger/pure/lot/upkeep.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { dayMs } from '#base/pure/values/instant.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { NightlyBackup, UpkeepService } from '#ledger/ports/upkeep-service.ts'
import { carAtExit, makeLot, startMs, type TestLot } from '../../../runtime/control/control-kit.ts'
import { sideTasks } from '../../../../kit/side-tasks.ts'

const minuteMs = 60_000
const hourMs = 3_600_000

/** A folder in memory. `refusals`: the fault that the named act throws. */
class ScriptedService implements UpkeepService {
  days: string[] = []
  begun: string[] = []
  backups: BackupCopy[] = []
  freeMb = 100_000
  readonly refusals = new Map<string, LaneFault>()
  readonly done: string[] = []
  fault: NightlyBackup['fault'] = null
  /** A backup ends only when this resolves. */
  slow: Promise<void> = Promise.resolve()

  private does(act: string, what: string): void {
    const fault = this.refusals.get(act)
    if (fault !== undefined) throw fault
    this.done.push(`${act} ${what}`.trim())
  }

  facts(): Promise<UpkeepFacts> {
    const fault = this.refusals.get('facts')
    if (fault !== undefined) return Promise.reject(fault)
    const { days, begun, backups, freeMb } = this
    return Promise.resolve({
      photoDays: [...days],
      photoMb: null,
      begun: [...begun],
      backups: [...backups],
      freeMb,
    })
  }

  async backup(atMs: number): Promise<NightlyBackup> {
    await this.slow
    this.does('backup', '')
    const number = this.backups.length + 1
    const copy = { file: `nightly-${number}`, number, atMs, rows: number * 100 }
    this.backups.push(copy)
    return { copy, fault: this.fault }
  }

  async clearPhotos(day: string, begun: boolean) {
    await Promise.resolve()
    this.does(begun ? 'finish' : 'clear', day)
    if (!begun) this.days = this.days.filter((one) => one !== day)
    if (!begun) this.begun.push(day)
    return { files: 3, bytes: 300 }
  }

  async forgetPhotos(day: string): Promise<void> {
    await Promise.resolve()
    this.does('forget', day)
    this.begun = this.begun.filter((one) => one !== day)
  }

  async dropBackup(file: string): Promise<void> {
    await Promise.resolve()
    this.does('drop', file)
    this.backups = this.backups.filter((copy) => copy.file !== file)
  }
}

function keeping(rows: readonly LedgerRow[] = []) {
  const lot = makeLot(rows)
  const folder = new ScriptedService()
  const faultCodes: string[] = []
  const scheduler = new UpkeepScheduler({
    runtime: lot.runtime,
    tasks: sideTasks(lot.clock),
    rules: { ...standardUpkeep, photoDays: 60 },
    service: folder,
    fatal: (fault) => lot.fatal.push(fault),
    onFault: (fault) => faultCodes.push(fault.code),
  })
  return { ...lot, folder, scheduler, doubts: faultCodes }
}

/** Advances time minute by minute and lets every answer arrive. */
async function pass({ clock }: TestLot, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= minuteMs) {
    clock.advance(Math.min(left, minuteMs))
    for (let turn = 0; turn < 60; turn++) await Promise.resolve()
  }
}

const events = ({ ledger }: TestLot): string[] =>
  ledger.list.flatMap((row) =>
    row.kind === 'event' ? [`${row.body.type} ${row.body.detail}`.trim()] : [],
  )
const faultsOf = ({ runtime }: TestLot): string[] =>
  runtime.events.since(0).events.flatMap((e) => (e.type === 'fault' ? [e.detail] : []))

/** The kit's lot starts at 14:30; this leads into the following night. */
const toNightMs = 13 * hourMs

describe('photos', () => {
  it('past their time go when the lanes are quiet, each day with its row', async () => {
    const lot = keeping()
    lot.folder.days = ['2026-01-01', '2026-01-02', '2026-11-19']
    carAtExit(lot)
    await pass(lot, 10 * minuteMs)
    expect(lot.folder.done).toEqual([])
    lot.runtime.dispatch('exit', { type: 'loop', loop: 'arrive', state: 'off' })
    await pass(lot, 10 * minuteMs)
    expect(lot.folder.done).toEqual([
      'clear 2026-01-01',
      'forget 2026-01-01',
      'clear 2026-01-02',
      'forget 2026-01-02',
    ])
    expect(events(lot)).toEqual([
      'photosDeleted 2026-01-01 files=3 bytes=300 why=age',
      'photosDeleted 2026-01-02 files=3 bytes=300 why=age',
    ])
  })

  it('whose deletion was cut off get their row', async () => {
    const lot = keeping()
    lot.folder.begun = ['2026-01-01']
    await pass(lot, 3 * minuteMs)
    expect(lot.folder.done).toEqual(['finish 2026-01-01', 'forget 2026-01-01'])
    expect(events(lot)).toEqual(['photosDeleted 2026-01-01 files=3 bytes=300 why=begun'])
  })

  it('that cannot be deleted are told, left alone for an hour, and hold nobody up', async () => {
    const lot = keeping()
    lot.folder.days = ['2026-01-01']
    lot.folder.refusals.set('clear', new LaneFault('FILE-01', { note: 'EACCES' }))
    await pass(lot, 30 * minuteMs)
    expect(lot.doubts).toEqual(['UPKEEP-03'])
    expect(faultsOf(lot)).toEqual(['UPKEEP-03 2026-01-01 FILE-01 EACCES'])
    expect(lot.scheduler.view()?.faults).toEqual([{ code: 'UPKEEP-03', note: '2026-01-01' }])
    lot.folder.refusals.clear()
    await pass(lot, hourMs)
    expect(lot.folder.done).toEqual(['clear 2026-01-01', 'forget 2026-01-01'])
    expect(lot.scheduler.view()?.faults).toEqual([])
  })

  it('keep their mark until the row found room, and more may go for space meanwhile', async () => {
    const lot = keeping()
    lot.folder.days = ['2026-01-01', '2026-01-02', '2026-11-10', '2026-11-19']
    lot.folder.freeMb = 100
    lot.ledger.fault = new LaneFault('DATA-02')
    await pass(lot, 3 * minuteMs)
    expect(lot.folder.done).toEqual(['clear 2026-01-01', 'clear 2026-01-02', 'clear 2026-11-10'])
    expect(lot.folder.begun).toEqual(['2026-01-01', '2026-01-02', '2026-11-10'])
    lot.ledger.fault = null
    lot.folder.freeMb = 100_000
    await pass(lot, 2 * minuteMs)
    expect(lot.folder.begun).toEqual([])
    // Three deleted days, and that the disk was full.
    expect(events(lot)).toHaveLength(4)
    expect(lot.doubts).toEqual(['UPKEEP-01'])
    expect(lot.fatal).toEqual([])
  })
})

describe('the backup', () => {
  it('is made once in the night, surplus ones go, each with its row', async () => {
    const lot = keeping()
    for (let number = 1; number <= 7; number++)
      lot.folder.backups.push({
        file: `old-${number}`,
        number,
        atMs: startMs - (9 - number) * dayMs,
        rows: number,
      })
    await pass(lot, 2 * minuteMs)
    // Yesterday's backup is missing and is made up for at once.
    expect(lot.folder.done).toEqual(['backup', 'drop old-1'])
    await pass(lot, toNightMs)
    expect(lot.folder.done).toEqual(['backup', 'drop old-1', 'backup', 'drop old-2'])
    expect(events(lot)).toEqual([
      'backupMade nightly-8 rows=800',
      'backupDeleted old-1',
      'backupMade nightly-8 rows=800',
      'backupDeleted old-2',
    ])
    expect(lot.scheduler.view()?.backup).toMatchObject({ rows: 800, verified: true, kept: 7 })
  })

  it('that fails is told with its code, tried again after an hour, and remembered', async () => {
    const lot = keeping()
    lot.folder.refusals.set('backup', new LaneFault('LEDGER-04', { note: 'the copy is not sound' }))
    await pass(lot, toNightMs)
    expect(lot.doubts).toEqual(['UPKEEP-02'])
    expect(faultsOf(lot)).toEqual(['UPKEEP-02 LEDGER-04 the copy is not sound'])
    expect(events(lot)).toEqual(['backupFailed LEDGER-04 the copy is not sound'])
    expect(lot.scheduler.view()).toMatchObject({
      backup: { lastAtIso: null, failed: { code: 'LEDGER-04' } },
      faults: [{ code: 'UPKEEP-02', note: 'LEDGER-04' }],
    })
    await pass(lot, hourMs)
    expect(lot.doubts).toEqual(['UPKEEP-02', 'UPKEEP-02'])
    expect(events(lot)).toHaveLength(1)

    const again = keeping(lot.ledger.list)
    await pass(again, 1_000)
    expect(again.scheduler.view()?.backup.failed?.code).toBe('LEDGER-04')
    lot.folder.refusals.clear()
    await pass(lot, hourMs)
    expect(lot.scheduler.view()).toMatchObject({ backup: { failed: null, rows: 100 }, faults: [] })
  })

  it('that finds a checkpoint forged is kept, and the ledger told', async () => {
    const lot = keeping()
    lot.folder.fault = { code: 'LEDGER-07', seq: 12 }
    await pass(lot, toNightMs)
    expect(lot.doubts).toEqual(['LEDGER-07'])
    expect(events(lot)).toEqual(['backupMade nightly-1 rows=100 fault=LEDGER-07 seq=12'])
    expect(lot.scheduler.view()?.faults).toEqual([{ code: 'LEDGER-07', note: '12' }])
    const again = keeping(lot.ledger.list)
    await pass(again, 1_000)
    expect(again.scheduler.view()?.faults).toEqual([{ code: 'LEDGER-07', note: '12' }])
  })

  it('that is under way when the process stops leaves no row and no further look', async () => {
    const lot = keeping()
    const { promise, resolve } = Promise.withResolvers<void>()
    lot.folder.slow = promise
    await pass(lot, toNightMs)
    expect(lot.scheduler.view()?.backup.running).toBe(true)
    lot.scheduler.stop()
    resolve()
    await pass(lot, 2 * hourMs)
    expect(events(lot)).toEqual([])
  })
})

describe('what goes wrong around it', () => {
  it('low disk is told once and shown until there is room', async () => {
    const lot = keeping()
    lot.folder.freeMb = 2047
    await pass(lot, 10 * minuteMs)
    expect(lot.doubts).toEqual(['UPKEEP-01'])
    expect(faultsOf(lot)).toEqual(['UPKEEP-01 2047 MB free, limit 2048 MB'])
    expect(lot.scheduler.view()).toMatchObject({
      disk: { freeMb: 2047, warnMb: 2048, low: true },
      faults: [{ code: 'UPKEEP-01' }],
    })
    lot.folder.freeMb = 2100
    await pass(lot, 2 * minuteMs)
    expect(lot.scheduler.view()?.disk.low).toBe(true)
    lot.folder.freeMb = 2300
    await pass(lot, 2 * minuteMs)
    expect(lot.scheduler.view()?.disk.low).toBe(false)
  })

  it('a folder that cannot be seen is told once an hour', async () => {
    const lot = keeping()
    lot.folder.refusals.set('facts', new LaneFault('FILE-01', { note: 'EIO' }))
    await pass(lot, 90 * minuteMs)
    expect(lot.doubts).toEqual(['FILE-01', 'FILE-01'])
    expect(lot.scheduler.view()).toBeNull()
  })

  it('a ledger that fails with an unknown result ends the process', async () => {
    const lot = keeping()
    lot.folder.days = ['2026-01-01']
    lot.ledger.fault = new LaneFault('LEDGER-06')
    await pass(lot, 2 * minuteMs)
    expect(lot.fatal.map(({ code }) => code)).toContain('LEDGER-06')
  })

  it('the first look comes within seconds and does nothing yet', async () => {
    const lot = keeping()
    lot.folder.days = ['2026-01-01']
    expect(lot.scheduler.view()).toBeNull()
    await pass(lot, 1_000)
    expect(lot.scheduler.view()?.photos).toMatchObject({ days: 1, oldestDay: '2026-01-01' })
    expect(lot.folder.done).toEqual([])
  })
})

it('by a clock in doubt no photo is past its time; a person confirms the clock, and they go', async () => {
  const lot = keeping()
  lot.folder.days = ['2026-01-01']
  const { runtime } = lot
  let isUnsure = true
  Object.defineProperty(runtime, 'endingMs', { value: () => (isUnsure ? null : runtime.nowMs()) })
  await pass(lot, 10 * minuteMs)
  expect(lot.folder.done).toEqual([])
  isUnsure = false
  await pass(lot, 10 * minuteMs)
  expect(lot.folder.done).toEqual(['clear 2026-01-01', 'forget 2026-01-01'])
})

it.each<readonly [string, number, number, number, readonly string[]]>([
  ['slept for a weekend', 60 * hourMs, 60 * hourMs, 1, []],
  ['slept for two hours', 2 * hourMs, 2 * hourMs, 0, []],
  ['slept, its clock an hour and a half ahead since', 4.5 * hourMs, 3 * hourMs, 0, ['5400 s']],
  ['had its clock set two hours on', 2 * hourMs, 0, 0, ['7200 s']],
  ['had its clock set two hours back', -2 * hourMs, 0, 0, ['-7200 s']],
])('a machine that %s', async (_, wallMs, steadyMs, backups, jumps) => {
  const lot = keeping()
  const { runtime } = lot
  await pass(lot, 10 * minuteMs)
  const [wall, steady] = [runtime.nowMs.bind(runtime), runtime.steadyMs.bind(runtime)]
  Object.defineProperty(runtime, 'nowMs', { value: () => wall() + wallMs })
  Object.defineProperty(runtime, 'steadyMs', { value: () => steady() + steadyMs })
  await pass(lot, 10 * minuteMs)
  const seen = events(lot).filter((event) => event.startsWith('clockJumped'))
  expect(seen).toEqual(jumps.map((by) => `clockJumped ${by}`))
  expect(lot.folder.backups).toHaveLength(backups)
})
