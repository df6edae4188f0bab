// A simulation for upkeep: true time, a business clock that people and empty batteries set wrong, hours switched off, cars
// that leave photos, a disk that fills. Every act is judged by true time.
import { standardUpkeep, type UpkeepConfig } from '#base/pure/lot/config.ts'
import {
  actFailed,
  backupDropped,
  backupMade,
  beginUpkeep,
  decideUpkeep,
  lookEveryMs,
  photosCleared,
  type BackupCopy,
  type UpkeepAct,
  type UpkeepMoment,
  type UpkeepState,
  type UpkeepStep,
} from '#ledger/pure/lot/upkeep.ts'
import { emptyUpkeepMemory, foldUpkeep } from '#ledger/pure/lot/upkeep-memory.ts'
import { civil, dayMs, instantOf, isoOf } from '#base/pure/values/instant.ts'
import type { LedgerRow, RowDraft } from '#base/pure/rows/ledger-row.ts'
import { present } from '#base/pure/values/must.ts'

export const hourMs = 3_600_000
export const startMs = instantOf(2026, 3, 1, 8 * hourMs)

export interface Deletion {
  readonly day: string
  readonly why: string
  /** True age of the youngest photo of that day. */
  readonly ageMs: number
  readonly atMs: number
}

export interface Made {
  readonly trueMs: number
  readonly businessMs: number
}

/** An event at a true time after the start. */
export interface Happening {
  readonly afterMs: number
  readonly do:
    | { readonly jumpMs: number }
    /** The process ends and starts again; the clock is set in between. */
    | { readonly offMs: number; readonly jumpMs: number }
    | { readonly diskUsedMb: number }
    | { readonly backupFails: boolean }
}

/** What takes the disk, in MB. */
export interface SceneDisk {
  readonly sizeMb: number
  readonly photosADay: (day: number) => number
  /** The ledger; each nightly copy is as large as the ledger was. */
  readonly ledgerADay: number
  /** What other programs wrote until then. */
  readonly others: (days: number) => number
  readonly weighs: boolean
}

export class UpkeepScene {
  /** The first time that each fault was told, by true time, and the last. */
  readonly firstTold = new Map<string, number>()
  readonly lastTold = new Map<string, number>()
  /** The first true time at which free space was below the limit; null: never. */
  lowSinceMs: number | null = null
  /** The most memory entries and rows of upkeep itself. */
  mostLooks = 0
  readonly deletions: Deletion[] = []
  readonly made: Made[] = []
  readonly told: string[] = []
  readonly rows: RowDraft[] = []
  /** The smallest number of backups left after a deletion. */
  fewestKept = Infinity
  readonly youngest = new Map<string, number>()
  readonly rules: UpkeepConfig
  readonly backups: BackupCopy[] = []
  trueMs = startMs
  private offsetMs = 0
  private bornMs = startMs
  private readonly memory = emptyUpkeepMemory()
  private state: UpkeepState
  private diskUsedMb = 0
  private backupFails = false
  private readonly chance: () => number
  private readonly disk: SceneDisk | null
  private readonly photoMb = new Map<string, number>()
  private readonly copyMb = new Map<string, number>()

  constructor(
    chance: () => number,
    rules: Partial<UpkeepConfig> = {},
    disk: SceneDisk | null = null,
  ) {
    this.chance = chance
    this.disk = disk
    this.rules = { ...standardUpkeep, photoDays: 60, ...rules }
    this.write([{ kind: 'event', atMs: this.businessMs, body: { type: 'photosBack', detail: '' } }])
    this.state = this.born()
  }

  get businessMs(): number {
    return this.trueMs + this.offsetMs
  }

  private now(quiet: boolean): UpkeepMoment {
    return { atMs: this.businessMs, monoMs: this.trueMs - this.bornMs, quiet }
  }

  private born(): UpkeepState {
    this.bornMs = this.trueMs
    const body = { repair: 'C', version: 't', mode: 'demo', chargeMode: 'card' as const }
    this.write([{ kind: 'boot', atMs: this.businessMs, body }])
    return beginUpkeep(this.memory, this.now(true))
  }

  private write(rows: readonly RowDraft[]): void {
    for (const row of rows) foldUpkeep(this.memory, row as LedgerRow)
    this.rows.push(...rows)
  }

  happen(what: Happening['do']): void {
    if ('diskUsedMb' in what) this.diskUsedMb = what.diskUsedMb
    else if ('backupFails' in what) this.backupFails = what.backupFails
    else {
      this.offsetMs += what.jumpMs
      if (!('offMs' in what)) return
      this.trueMs += what.offMs
      this.state = this.born()
    }
  }

  private get livedDays(): number {
    return (this.trueMs - startMs) / dayMs
  }

  private get photosMb(): number {
    return [...this.youngest.keys()].reduce((sum, day) => sum + (this.photoMb.get(day) ?? 0), 0)
  }

  private freeMb(): number {
    const { disk } = this
    if (disk === null) return 10_000 - this.diskUsedMb - this.youngest.size * 50
    const copies = this.backups.reduce((sum, { file }) => sum + (this.copyMb.get(file) ?? 0), 0)
    const own = this.photosMb + disk.ledgerADay * this.livedDays + copies
    return Math.max(
      0,
      Math.floor(disk.sizeMb - this.diskUsedMb - own - disk.others(this.livedDays)),
    )
  }

  /** Advances to that true time, with the events on the way. */
  run(untilMs: number, happenings: readonly Happening[] = [], everyMs = lookEveryMs): void {
    const left = happenings.toSorted((a, b) => a.afterMs - b.afterMs)
    while (this.trueMs < untilMs) {
      while (left[0] !== undefined && startMs + left[0].afterMs <= this.trueMs)
        this.happen(present(left.shift(), 'it is there').do)
      this.minute()
      this.trueMs += everyMs
    }
  }

  private minute(): void {
    const { hour, minute } = civil(this.businessMs)
    const day = isoOf(this.businessMs).slice(0, 10)
    if (hour >= 6 && minute % 30 === 0) {
      this.youngest.set(day, this.trueMs)
      this.photoMb.set(day, this.disk?.photosADay(Math.floor(this.livedDays)) ?? 0)
      this.write([
        { kind: 'event', atMs: this.businessMs, body: { type: 'photosBack', detail: '' } },
      ])
    }
    const quiet = this.chance() < 0.02
    for (let acts = 0; acts < 1000; acts++) {
      const facts = {
        photoDays: [...this.youngest.keys()],
        photoMb: this.disk?.weighs === true ? Math.ceil(this.photosMb) : null,
        begun: [],
        backups: this.backups,
        freeMb: this.freeMb(),
      }
      if (facts.freeMb < this.rules.diskWarnMb) this.lowSinceMs ??= this.trueMs
      const { act, ...step } = decideUpkeep(this.state, facts, this.now(quiet), this.rules)
      this.take(step)
      if (act === null) return
      this.take(this.carryOut(act, quiet))
    }
    throw new Error('upkeep never comes to rest')
  }

  private take({ state, rows, faults: stepFaults }: UpkeepStep): void {
    this.state = state
    this.write(rows)
    this.told.push(...stepFaults.map(({ code }) => code))
    this.mostLooks = Math.max(this.mostLooks, this.memory.room.length, state.room.looks.length)
    for (const { code } of stepFaults) {
      if (!this.firstTold.has(code)) this.firstTold.set(code, this.trueMs)
      this.lastTold.set(code, this.trueMs)
    }
  }

  private carryOut(act: UpkeepAct, quiet: boolean): UpkeepStep {
    const now = this.now(quiet)
    if (act.do === 'clearPhotos') {
      const ageMs = this.trueMs - present(this.youngest.get(act.day), 'only what is there goes')
      this.deletions.push({ day: act.day, why: act.why, ageMs, atMs: this.trueMs })
      this.youngest.delete(act.day)
      return photosCleared(this.state, act, { files: 1, bytes: 1 }, now)
    }
    if (act.do === 'dropBackup') {
      const at = this.backups.findIndex(({ file }) => file === act.file)
      this.backups.splice(at, 1)
      this.fewestKept = Math.min(this.fewestKept, this.backups.length)
      return backupDropped(this.state, act.file, now)
    }
    if (this.backupFails)
      return actFailed(this.state, act, { code: 'DATA-02', note: 'no room' }, now)
    const number = 1 + Math.max(0, ...this.backups.map((copy) => copy.number))
    const copy = { file: `b${number}`, number, atMs: this.businessMs, rows: this.rows.length }
    this.backups.push(copy)
    this.copyMb.set(copy.file, (this.disk?.ledgerADay ?? 0) * this.livedDays)
    this.made.push({ trueMs: this.trueMs, businessMs: this.businessMs })
    return backupMade(this.state, copy, null, now)
  }

  /** True time between consecutive backups, in ms. */
  gapsMs(): number[] {
    return this.made.slice(1).map(({ trueMs }, i) => trueMs - (this.made[i]?.trueMs ?? 0))
  }
}

export const after = (days: number, hours = 0): number => days * dayMs + hours * hourMs - 8 * hourMs
