// Sends a sealed copy of the lot to its second place every quarter of an hour, and test-restores one each night. It
// runs outside the lanes' thread, one task at a time; a failed task is reported and retried at the next quarter.
import type { EventName } from '#base/pure/words/event-words.ts'
import { codedFault } from '#base/process/api-fault.ts'
import { t } from '#base/pure/words/fault-text.ts'
import type { CopiesView, CopyView, TestedCopyView } from '#ledger/calls/backup-views.ts'
import {
  beginCopies,
  copied,
  copyEveryMs,
  failedCopy,
  isTestDue,
  tested,
  type CopyTimes,
} from '../../pure/lot/copy-times.ts'
import {
  daysUntilFull,
  fatNote,
  fullNote,
  isLookDue,
  trendOf,
  withLook,
  type CopyRoom,
} from '#ledger/pure/lot/disk-forecast.ts'
import { joinedWhy, LaneFault, tracedFault, type Why } from '#base/pure/faults/faults.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import type { PhotoDay, PhotoDayOver } from '#ledger/pure/lot/photo-copies.ts'
import type {
  CopyMade,
  CopyPlan,
  CopyService,
  CopyTested,
  PhotoCopyService,
  PhotosBack,
} from '#ledger/ports/copy-service.ts'
import type { SideTask, TaskOwner } from '#base/process/side-tasks.ts'
import type { LotRuntime } from '../lot-runtime.ts'
import { PhotoRounds } from './photo-rounds.ts'

export interface KeptTest {
  readonly to: string
  readonly tested: TestedCopyView
}

interface CopyParts {
  readonly runtime: Pick<LotRuntime, 'nowMs' | 'append' | 'trace'>
  readonly mono: Pick<MonoClock, 'nowUs'>
  readonly tasks: TaskOwner
  /** Each task runs in a worker that ends with its answer. */
  readonly service: CopyService & PhotoCopyService
  /** Null: the lot names no second place. */
  readonly plan: CopyPlan | null
  /** Hour of the nightly work. */
  readonly night: number
  /** Photos that a restore has still to bring back. */
  readonly photosBack: () => PhotosBack | null
  /** Days of photos that are over their time or budget. */
  photosOver(days: readonly PhotoDay[]): readonly PhotoDayOver[]
  /** Stores the last test with its place, to survive a restart; absent: it is not stored. */
  readonly kept?: { read(): KeptTest | null; keep(kept: KeptTest | null): void }
  /** Id of the public half of the recovery key that is in the folder now. */
  key(): { readonly id: string; readonly madeAtIso: string } | null
  onFault(fault: LaneFault): void
}

/** Delay after a start: the lanes come first. */
const firstMs = 90_000
/** Delay after a person chose another place. */
const soonMs = 1_000

const viewOf = ({ atIso, place, headSeq, headHash }: CopyMade | CopyTested): CopyView => ({
  atIso,
  place,
  headSeq,
  headHash,
})

const noteOf = ({ detail: { file, field, note } }: LaneFault): Why =>
  joinedWhy([file, field, note].filter((one) => one !== undefined))

const shownOf = (fault: LaneFault | null): CopiesView['fault'] =>
  fault === null ? null : codedFault(fault.code, noteOf(fault))

type Faults = Readonly<Record<'copy' | 'test', CopiesView['fault']>>
const noFaults: Faults = { copy: null, test: null }

export class CopyScheduler {
  private readonly parts: CopyParts
  private readonly photos: PhotoRounds
  private plan: CopyPlan | null
  private times: CopyTimes
  private readonly task: SideTask
  private last: CopyView | null = null
  private lastTested: TestedCopyView | null = null
  /** Faults of copies and of what is stored at the second place: a good copy proves nothing about the older ones. */
  private faults: Faults = noFaults
  /** Free space at the place, a look a day of this run. */
  private room = trendOf([])
  private filling: LaneFault | null = null
  /** Each task starts when the one before it has ended. */
  private work: Promise<unknown> = Promise.resolve()
  private running = 0
  private stopped = false

  constructor(parts: CopyParts) {
    this.parts = parts
    this.plan = parts.plan
    this.times = beginCopies(this.monoMs())
    const before = parts.kept?.read() ?? null
    if (before !== null && before.to === parts.plan?.to) this.lastTested = before.tested
    const { service, photosBack: back, photosOver: over } = parts
    this.photos = new PhotoRounds({
      service,
      back,
      over,
      // Photos follow only when the ledger reached the second place.
      plan: () => (this.faults.copy === null ? this.plan : null),
      inTurn: (step) => this.inTurn(step),
      event: (type, detail) => this.event(type, detail),
      say: (fault) => this.say(fault),
    })
    const isWanted = parts.plan !== null || this.photos.isBringing
    const pace = { firstMs: isWanted ? firstMs : null, everyMs: copyEveryMs }
    this.task = parts.tasks.every('copies', pace, () => this.quarter())
  }

  /** Another second place: results of the former place do not apply to it. */
  moveTo(plan: CopyPlan): void {
    this.plan = plan
    this.last = null
    this.lastTested = null
    this.parts.kept?.keep(null)
    this.faults = noFaults
    this.room = trendOf([])
    this.filling = null
    this.photos.forget()
    this.times = beginCopies(this.monoMs())
    this.task.soon(soonMs)
  }

  stop(): void {
    this.stopped = true
    this.photos.stop()
    this.task.stop()
  }

  view(): CopiesView {
    const { plan } = this
    const key = this.parts.key()
    return {
      keyId: key?.id ?? null,
      keyMadeAtIso: key?.madeAtIso ?? null,
      to: plan?.to ?? null,
      hostKey: plan?.hostKey ?? null,
      last: this.last,
      tested: this.lastTested,
      running: this.running > 0,
      photos: this.photos.view(),
      fault:
        this.faults.copy ??
        this.faults.test ??
        shownOf(this.photos.trouble) ??
        shownOf(this.filling),
    }
  }

  /** Makes a copy now, for a person; photos follow it. */
  async now(begin: boolean): Promise<CopyMade> {
    const copy = () => this.copy({ ...this.planned(), begin })
    const made = await this.inTurn(() => this.noting('copy', copy))
    this.sendPhotos()
    return made
  }

  /** Photos that were not brought back stay where they are; done between two slices. */
  leave(step: () => boolean): Promise<boolean> {
    return this.inTurn(() => {
      const isLeft = step()
      this.photos.refresh()
      return Promise.resolve(isLeft)
    })
  }

  /** Test-restores the newest copy now, and opens photos. */
  async test(): Promise<TestedCopyView> {
    const tried = () => this.restoreByTest(this.planned())
    const found = await this.inTurn(() => this.noting('test', tried))
    return this.withPhotos(found, this.planned())
  }

  private async withPhotos(found: TestedCopyView, plan: CopyPlan): Promise<TestedCopyView> {
    const tested = { ...found, photos: await this.photos.check(plan) }
    if (this.lastTested === found) this.passed(tested, plan)
    return tested
  }

  private planned(): CopyPlan {
    const { plan } = this
    if (plan !== null) return plan
    throw new LaneFault('COPY-01', {
      field: '/copies',
      note: t('停车场没有写第二处位置', 'the lot does not name a second place'),
    })
  }

  private monoMs(): number {
    return Math.floor(this.parts.mono.nowUs() / 1000)
  }

  private sendPhotos(): void {
    this.parts.tasks.once('copies', () => this.photos.round())
  }

  /** One access to the second place after another. */
  inTurn<T>(step: () => Promise<T>): Promise<T> {
    this.running++
    const answer = this.work.then(step).finally(() => this.running--)
    this.work = answer.catch(() => undefined)
    return answer
  }

  /** The work of a quarter of an hour; a fault is reported and the schedule continues. */
  private async quarter(): Promise<void> {
    const { plan } = this
    try {
      if (plan !== null) await this.inTurn(() => this.copyAndTest(plan))
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
    }
    if (!this.stopped) this.sendPhotos()
  }

  private async copyAndTest(plan: CopyPlan): Promise<void> {
    await this.noting('copy', () => this.copy(plan))
    const now = { atMs: this.parts.runtime.nowMs(), monoMs: this.monoMs() }
    if (this.stopped || !isTestDue(this.times, now, this.parts.night)) return
    const found = await this.noting('test', () => this.restoreByTest(plan))
    this.parts.tasks.once('copies', () => this.withPhotos(found, plan))
  }

  private async copy(plan: CopyPlan): Promise<CopyMade> {
    const made = await this.parts.service.copyOut(plan, isoOf(this.parts.runtime.nowMs()))
    this.last = viewOf(made)
    this.times = copied(this.times)
    this.seeRoom(made.room ?? null)
    // A whole copy depends on no earlier one, so it also clears the fault of the last test.
    this.faults = { copy: null, test: made.isWhole ? null : this.faults.test }
    // Reported although a copy exists: an earlier one was cut or deleted at the second place.
    if (made.mends !== null) this.tell(new LaneFault('COPY-02', { file: made.mends }))
    return made
  }

  /** Told once a day while the place is foreseen to be full. */
  private seeRoom(room: CopyRoom | null): void {
    const livedMs = this.monoMs()
    if (room === null || !isLookDue(this.room.looks, livedMs)) return
    const { freeMb, onFat } = room
    this.room = trendOf(withLook(this.room.looks, { livedMs, freeMb }))
    const days = daysUntilFull(this.room, freeMb, 0)
    this.filling =
      days === null ? null : new LaneFault('COPY-17', { note: (onFat ? fatNote : fullNote)(days) })
    if (this.filling !== null) this.say(this.filling)
  }

  private passed(tested: TestedCopyView, { to }: CopyPlan): void {
    this.lastTested = tested
    this.parts.kept?.keep({ to, tested })
  }

  /** Writes a row: that copies could be restored is part of the lot's record. */
  private async restoreByTest(plan: CopyPlan): Promise<TestedCopyView> {
    const found = await this.parts.service.copyTest(plan)
    this.times = tested(this.times, this.monoMs())
    const { opened, older } = found
    const testedAtIso = isoOf(this.parts.runtime.nowMs())
    const view = { ...viewOf(found), testedAtIso, opened, older, photos: null }
    this.passed(view, plan)
    this.faults = { ...this.faults, test: null }
    const detail = `${found.place} rows=${found.rows} head=${found.headHash.slice(0, 16)}`
    this.event('copyRestoredByTest', detail)
    return view
  }

  /** A fault stays until the same task succeeds, by schedule or by a person. */
  private async noting<T>(what: 'copy' | 'test', step: () => Promise<T>): Promise<T> {
    try {
      return await step()
    } catch (error) {
      if (error instanceof LaneFault && !this.stopped) {
        this.faults = { ...this.faults, [what]: shownOf(error) }
        this.tell(error)
      }
      throw error
    }
  }

  private event(type: EventName, detail: string): void {
    const { runtime } = this.parts
    runtime.append([{ kind: 'event', atMs: runtime.nowMs(), body: { type, detail } }])
  }

  private tell(fault: LaneFault): void {
    const { times, tell } = failedCopy(this.times, fault.code, this.monoMs())
    this.times = times
    if (tell) this.say(fault)
  }

  private say(fault: LaneFault): void {
    this.parts.runtime.trace('', null, 'fault', tracedFault(fault))
    this.parts.onFault(fault)
  }
}
