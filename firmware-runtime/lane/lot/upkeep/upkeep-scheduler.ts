// Carries out the upkeep of a data folder (ledger/pure/lot/upkeep.ts): looks once a minute, one act at a time. Each deletion
// has a row in the ledger; a full disk only delays that row.
import {
  actFailed,
  backupDropped,
  backupMade,
  beginUpkeep,
  decideUpkeep,
  lookEveryMs,
  photosCleared,
  type UpkeepAct,
  type UpkeepFacts,
  type UpkeepMoment,
  type UpkeepState,
  type UpkeepStep,
} from '#ledger/pure/lot/upkeep.ts'
import { photoCopiesOver, type PhotoDay, type PhotoDayOver } from '#ledger/pure/lot/photo-copies.ts'
import type { UpkeepConfig } from '#base/pure/lot/config.ts'
import { LaneFault, tracedFault, whyIn } from '#base/pure/faults/faults.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { UpkeepView } from '../../calls/views.ts'
import type { UpkeepService } from '#ledger/ports/upkeep-service.ts'
import type { SideTask, TaskOwner } from '#base/process/side-tasks.ts'
import type { LotRuntime } from '../lot-runtime.ts'
import { upkeepView } from './upkeep-view.ts'

interface UpkeepParts {
  readonly runtime: LotRuntime
  readonly tasks: Pick<TaskOwner, 'every'>
  readonly rules: UpkeepConfig
  readonly service: UpkeepService
  /** The ledger failed with an unknown result: the process must end (2.8). */
  fatal(fault: LaneFault): void
  /** Receives faults for the output of a service. */
  onFault?(fault: LaneFault): void
}

/** The first look comes soon, so that a screen has data; acts wait for the lanes. */
const firstLookMs = 1_000
/** A folder that cannot be read is reported once an hour. */
const blindTellMs = 3_600_000

/** A row that could not be written yet, and the photo day whose mark is removed after it. */
interface Waiting {
  readonly row: RowDraft
  readonly day: string | null
}

export class UpkeepScheduler {
  private readonly parts: UpkeepParts
  private state: UpkeepState
  private facts: UpkeepFacts | null = null
  private waiting: readonly Waiting[] = []
  private readonly task: SideTask
  private doing: UpkeepAct | null = null
  private blindReportedMonoMs = -Infinity
  private stopped = false

  constructor(parts: UpkeepParts) {
    this.parts = parts
    this.state = beginUpkeep(parts.runtime.lot.upkeep, this.now())
    const pace = { firstMs: firstLookMs, everyMs: lookEveryMs }
    this.task = parts.tasks.every('upkeep', pace, () => this.look())
  }

  stop(): void {
    this.stopped = true
    this.task.stop()
  }

  /** Null until the folder was checked. */
  view(): UpkeepView | null {
    const { facts, state, doing } = this
    if (facts === null) return null
    return upkeepView({ state, facts, now: this.now(), rules: this.parts.rules, doing })
  }

  /** Days of photos at the second place that are over their time or budget. */
  photosOver(days: readonly PhotoDay[]): readonly PhotoDayOver[] {
    if (this.isUnsure()) return []
    return photoCopiesOver(days, this.state, this.now(), this.parts.rules)
  }

  private isUnsure(): boolean {
    return this.parts.runtime.endingMs() === null
  }

  private now(): UpkeepMoment {
    const { runtime } = this.parts
    return { atMs: runtime.nowMs(), monoMs: runtime.steadyMs(), quiet: runtime.quiet }
  }

  private async look(): Promise<void> {
    let more = true
    while (more) more = await this.step()
  }

  /** True when something was done and there may be more. */
  private async step(): Promise<boolean> {
    const facts = await this.lookAround()
    if (facts === null) return false
    this.facts = facts
    const { act, ...decided } = decideUpkeep(this.state, facts, this.now(), this.parts.rules)
    await this.forget(this.take(decided, null))
    if (act === null || this.stopped) return false
    // Clearing photos frees a full disk; every other act waits until its rows are written.
    const heals = act.do === 'clearPhotos' && act.why !== 'age' && act.why !== 'budget'
    if (this.waiting.length > 0 && !heals) return false
    // By a clock in doubt nothing is old.
    if (act.do === 'clearPhotos' && act.why === 'age' && this.isUnsure()) return false
    this.doing = act
    try {
      return await this.carryOut(act)
    } finally {
      this.doing = null
    }
  }

  /** Null: stopped, or the folder cannot be read. */
  private async lookAround(): Promise<UpkeepFacts | null> {
    try {
      const facts = await this.parts.service.facts(this.parts.rules.photoGb !== null)
      const waits = this.waiting.map(({ day }) => day)
      if (this.stopped) return null
      return { ...facts, begun: facts.begun.filter((day) => !waits.includes(day)) }
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      const { monoMs } = this.now()
      if (this.stopped || monoMs - this.blindReportedMonoMs < blindTellMs) return null
      this.blindReportedMonoMs = monoMs
      this.tell(error)
      return null
    }
  }

  private async carryOut(act: UpkeepAct): Promise<boolean> {
    try {
      const ended = await this.done(act)
      if (this.stopped) return false
      await this.forget(this.take(ended, act.do === 'clearPhotos' ? act.day : null))
      return !this.stopped
    } catch (error) {
      this.failed(act, error)
      return false
    }
  }

  /** A mark that stays is found again as an unfinished deletion, with a further row. */
  private async forget(days: readonly string[]): Promise<void> {
    for (const day of days) {
      try {
        await this.parts.service.forgetPhotos(day)
      } catch (error) {
        this.failed({ do: 'clearPhotos', day, why: 'begun' }, error)
      }
    }
  }

  private failed(act: UpkeepAct, error: unknown): void {
    if (!(error instanceof LaneFault)) throw error
    if (this.stopped) return
    const { code, detail } = error
    const why = { code, note: whyIn(detail.note ?? detail.file ?? '') }
    this.take(actFailed(this.state, act, why, this.now()), null)
  }

  private async done(act: UpkeepAct): Promise<UpkeepStep> {
    const { service, runtime } = this.parts
    switch (act.do) {
      case 'backup': {
        const { copy, fault } = await service.backup(runtime.nowMs())
        return backupMade(this.state, copy, fault, this.now())
      }
      case 'dropBackup':
        await service.dropBackup(act.file)
        return backupDropped(this.state, act.file, this.now())
      case 'clearPhotos': {
        const gone = await service.clearPhotos(act.day, act.why === 'begun')
        return photosCleared(this.state, act, gone, this.now())
      }
    }
  }

  /** Returns the photo days whose row is on disk now. */
  private take(
    { state, rows, faults: onFault }: UpkeepStep,
    day: string | null,
  ): readonly string[] {
    this.state = state
    this.waiting = [...this.waiting, ...rows.map((row) => ({ row, day }))]
    for (const { code, note } of onFault) this.tell(new LaneFault(code, { note }))
    return this.write()
  }

  /** Rows that cannot be written are tried at a later look. */
  private write(): readonly string[] {
    const { waiting } = this
    if (waiting.length === 0) return []
    try {
      this.parts.runtime.append(waiting.map(({ row }) => row))
      this.waiting = []
      return waiting.map(({ day }) => day).filter((day) => day !== null)
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      if (error.code !== 'DATA-02') this.parts.fatal(error)
      return []
    }
  }

  private tell(fault: LaneFault): void {
    this.parts.runtime.trace('', null, 'fault', tracedFault(fault))
    this.parts.onFault?.(fault)
  }
}
