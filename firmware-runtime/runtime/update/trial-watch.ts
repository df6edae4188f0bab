// Watches a version on trial in the running lot, and tells its judge what happens: time, cars, faults and errors of the
// program. A lot without a trial has no such watch.
import { statfsSync } from 'node:fs'
import type { CodedFault } from '#base/calls/rows.ts'
import { codedFault } from '#base/process/api-fault.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'
import { isTurnBroken } from '#base/pure/faults/whole-turn.ts'
import { isDiskError } from '#base/pure/faults/disk-fault.ts'
import { type FaultCode, LaneFault } from '#base/pure/faults/faults.ts'
import { orIfFault } from '#base/pure/faults/on-fault.ts'
import type { TakenBackWhy, Trial } from '../pure/update/slots.ts'
import {
  judged,
  trialBegins,
  type CarInLane,
  type TrialEvent,
  type TrialState,
} from '../pure/update/trial.ts'
import { signOf } from '../pure/update/trial-faults.ts'
import type { Cancel, MonoClock } from '#base/ports/clocks.ts'

/** What keeps the state of a trial, and switches programs. */
export interface TrialKeeper {
  /** Null: no version is on trial. */
  trial(): Trial | null
  /** Durable when it returns. */
  trialNoted(ran: { readonly ranMs: number; readonly passages: number }): void
  /** Durable when it returns: the next start runs the version before, also where this process is killed at once. */
  takeBack(why: TakenBackWhy, note: string): void
  /** Durable when it returns: the version stays. */
  kept(): void
}

/** What the watch reads of a lot. */
type WatchedLot = Pick<
  LotRuntime,
  'headSeq' | 'rowsAfter' | 'lanes' | 'onChange' | 'chargesUnderWay'
>

interface WatchParts {
  readonly keeper: TrialKeeper
  readonly mono: Pick<MonoClock, 'after' | 'nowUs'>
  /** Free bytes of the disk of the ledger; null: not known. */
  freeBytes(): number | null
}

const lookMs = 60_000
/** What a power cut may cost the trial. */
const noteMs = 600_000
/** With less room than this, a refused write says nothing of the program. */
const roomBytes = 16 * 1024 * 1024

const textOf = (error: unknown): string =>
  error instanceof Error ? `${error.name} ${error.message}` : String(error)

export class TrialWatch {
  private readonly parts: WatchParts
  private state: TrialState
  private lot: WatchedLot | null = null
  private timer: Cancel | null = null
  private seenSeq = 0
  private notedMs: number
  private isOver = false

  constructor(parts: WatchParts, trial: Trial) {
    this.parts = parts
    this.state = trialBegins(trial)
    this.notedMs = this.nowMs()
  }

  /** The lanes accept cars. */
  watch(lot: WatchedLot): void {
    this.lot = lot
    this.seenSeq = lot.headSeq
    process.on('uncaughtExceptionMonitor', this.died)
    lot.onChange.add(this.changed)
    this.look()
  }

  /** The fault with which the lanes end: the same, or UPDATE-15 where the version is taken back, so that a start follows. */
  fatal(fault: LaneFault): LaneFault {
    this.fault(fault)
    if (!this.isOver) return fault
    const { file, note = '' } = fault.detail
    const why = typeof note === 'string' ? note : note.en
    return new LaneFault('UPDATE-15', {
      ...(file === undefined ? {} : { file }),
      note: `${fault.code} ${why}`.trim(),
    })
  }

  fault({ code, detail }: LaneFault): void {
    const isOfWorld = detail.mayPass === true || this.isFull()
    this.take({ is: 'fault', code, seq: null, isOfWorld, of: '' })
  }

  /** An error of the program that ended no turn. */
  readonly broke = (error: unknown): void => {
    if (error instanceof LaneFault || isDiskError(error)) return
    const cars = [...(this.lot?.lanes.values() ?? [])].flatMap(({ config, state }): CarInLane[] =>
      state.car === null || state.car.manual !== null
        ? []
        : [{ laneId: config.id, sinceMs: state.car.sinceMs }],
    )
    this.take({ is: 'stray', monoMs: this.nowMs(), text: textOf(error), cars })
  }

  /** Time and cars up to now. */
  figures(): Pick<Trial, 'ranMs' | 'passages'> {
    this.count()
    const { ranMs, passages } = this.state.trial
    return { ranMs, passages }
  }

  notices(): readonly (CodedFault & { readonly code: FaultCode })[] {
    const { strays, lastStray } = this.state
    return strays === 0 ? [] : [codedFault<FaultCode>('UPDATE-18', lastStray)]
  }

  stop(): void {
    this.timer?.()
    process.off('uncaughtExceptionMonitor', this.died)
    this.lot?.onChange.delete(this.changed)
    if (this.isOver) return
    this.count()
    if (!this.isOver) this.note()
    this.isOver = true
  }

  private readonly died = (error: unknown): void => {
    if (isTurnBroken(error) || !(error instanceof LaneFault || isDiskError(error)))
      this.take({ is: 'broken', text: textOf(error) })
  }

  private nowMs(): number {
    return Math.floor(this.parts.mono.nowUs() / 1_000)
  }

  private isFull(): boolean {
    const free = this.parts.freeBytes()
    return free !== null && free < roomBytes
  }

  private look(): void {
    this.count()
    if (this.isOver) return
    if (this.nowMs() - this.notedMs >= noteMs) this.note()
    this.timer = this.parts.mono.after(lookMs, () => this.look())
  }

  /** Rows since the last look, and the time. */
  private count(): void {
    const { lot } = this
    if (lot === null) return
    let passages = 0
    const charges = lot.chargesUnderWay
    const open = new Set(charges.map(({ stayId }) => stayId))
    // A ledger that was lost is reported where it was lost.
    const rows = orIfFault(() => [...lot.rowsAfter(this.seenSeq)], [])
    for (const row of rows) {
      const { passage, fault } = signOf(row)
      // A car that left while its charge has no outcome shows nothing of the program.
      if (passage === true && !open.has(row.stayId ?? '')) passages++
      this.seenSeq = row.seq
      if (fault !== undefined) this.take({ is: 'fault', ...fault, isOfWorld: this.isFull() })
    }
    const ids = charges.map(({ id }) => id)
    this.take({ is: 'ran', monoMs: this.nowMs(), passages, charges: ids })
  }

  private readonly changed = (): void => {
    if (this.state.suspicions.size === 0) return
    for (const laneId of this.state.suspicions.keys()) {
      const car = this.lot?.lanes.get(laneId)?.state.car ?? null
      const sinceMs = car?.sinceMs ?? null
      this.take({ is: 'lane', laneId, sinceMs, manual: car?.manual ?? null })
    }
  }

  private take(event: TrialEvent): void {
    if (this.isOver) return
    const { state, verdict } = judged(this.state, event)
    this.state = state
    if (verdict.is === 'goOn') return
    this.note()
    const { keeper } = this.parts
    // A disk that refuses it now is asked again with the next event.
    this.isOver = orIfFault(() => {
      if (verdict.is === 'kept') keeper.kept()
      else keeper.takeBack(verdict.why, verdict.note)
      return true
    }, false)
  }

  private note(): void {
    this.notedMs = this.nowMs()
    const { ranMs, passages } = this.state.trial
    orIfFault(() => this.parts.keeper.trialNoted({ ranMs, passages }), undefined)
  }
}

const freeBytesOf = (dir: string) => (): number | null => {
  try {
    const { bavail, bsize } = statfsSync(dir)
    return bavail * bsize
  } catch (error) {
    if (isDiskError(error)) return null
    throw error
  }
}

/** Null: nothing is on trial, and nothing is watched. */
export function trialWatch(
  keeper: TrialKeeper | undefined,
  { dir, mono }: { readonly dir: string; readonly mono: WatchParts['mono'] },
): TrialWatch | null {
  const trial = keeper?.trial() ?? null
  if (keeper === undefined || trial === null) return null
  return new TrialWatch({ keeper, mono, freeBytes: freeBytesOf(dir) }, trial)
}
