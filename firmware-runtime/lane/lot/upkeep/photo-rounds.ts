// Sends photos to the second place in slices of time, and brings them back after a restore. Between two slices copies
// of the ledger get their turn; a failure is reported, and the next quarter of an hour continues.
import type { EventName } from '#base/pure/words/event-words.ts'
import type { PhotoCopiesView, TestedCopyView } from '#ledger/calls/backup-views.ts'
import { sumsOf, type PhotoDay, type PhotoDayOver } from '#ledger/pure/lot/photo-copies.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type {
  CopyDamage,
  CopyPlan,
  PhotoCopyService,
  PhotosBack,
  PhotosSent,
} from '#ledger/ports/copy-service.ts'

interface RoundParts {
  readonly service: PhotoCopyService
  /** State of the photos to be brought back, as stored in the folder. */
  readonly back: () => PhotosBack | null
  /** Days to be deleted at the second place. */
  over(days: readonly PhotoDay[]): readonly PhotoDayOver[]
  /** Null: nothing is sent now. */
  plan(): CopyPlan | null
  inTurn<T>(step: () => Promise<T>): Promise<T>
  /** Writes a row of the ledger. */
  event(type: EventName, detail: string): void
  say(fault: LaneFault): void
}

/** The longest wait of a ledger copy, unless one photo takes longer. */
const sliceMs = 30_000
/** Number of damaged photos that are named; a count tells the rest. */
const namedMax = 50

export class PhotoRounds {
  private readonly parts: RoundParts
  private sent: PhotosSent | null = null
  private found: readonly CopyDamage[] = []
  private back: PhotosBack | null
  private fault: LaneFault | null = null
  private running: Promise<void> | null = null
  private stopped = false

  constructor(parts: RoundParts) {
    this.parts = parts
    this.back = parts.back()
  }

  /** Photos are being brought back after a restore. */
  get isBringing(): boolean {
    return this.back?.isEnded === false
  }

  get trouble(): LaneFault | null {
    return this.fault
  }

  view(): PhotoCopiesView {
    const { sent, back } = this
    const damaged = this.damaged()
    return {
      there: sent === null ? null : { ...sumsOf(sent.days), isCounted: sent.isCounted },
      left: sent?.left ?? null,
      damaged: { count: damaged.length, files: damaged.slice(0, namedMax) },
      back:
        back === null
          ? null
          : {
              ...back,
              damaged: { count: back.damaged.length, files: back.damaged.slice(0, namedMax) },
            },
    }
  }

  stop(): void {
    this.stopped = true
  }

  /** Another second place. */
  forget(): void {
    this.sent = null
    this.found = []
    this.fault = null
  }

  /** Reads the state again, after a person stopped bringing photos back. */
  refresh(): void {
    this.back = this.parts.back()
    if (!this.isBringing && this.fault?.code === 'COPY-14') this.fault = null
  }

  /** Slice after slice until nothing is left or something fails; one round at a time. */
  round(): Promise<void> {
    this.running ??= this.slices().finally(() => (this.running = null))
    return this.running
  }

  /** Opens copies of photos, at night or on request. Null: the place did not allow it. */
  check(plan: CopyPlan): Promise<TestedCopyView['photos']> {
    return this.trying(async () => {
      const { opened, damaged } = await this.parts.service.checkPhotos(plan, sliceMs)
      this.found = damaged
      if (damaged.length > 0) this.warn(damaged)
      return { opened, damaged: { count: damaged.length, files: damaged.slice(0, namedMax) } }
    })
  }

  private damaged(): readonly CopyDamage[] {
    const all = [...(this.sent?.damaged ?? []), ...this.found]
    return [...new Map(all.map((one) => [one.file, one])).values()]
  }

  private warn(damaged: readonly CopyDamage[]): void {
    const [{ file, why } = { file: '', why: '' }] = damaged
    const more = damaged.length > 1 ? ` +${damaged.length - 1}` : ''
    this.parts.say(new LaneFault('COPY-13', { file, note: `${why}${more}` }))
  }

  private async slices(): Promise<void> {
    let more = true
    while (more && !this.stopped) {
      const isSending = await this.trying(() => this.send())
      const isBringing = this.isBringing && (await this.trying(() => this.bring()))
      more = isSending === true || isBringing === true
    }
  }

  /** Null: it failed; the fault stays until it succeeds. */
  private async trying<T>(step: () => Promise<T>): Promise<T | null> {
    try {
      return await this.parts.inTurn(step)
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      if (this.stopped) return null
      // A lasting fault is reported once.
      if (this.fault?.code !== error.code) this.parts.say(error)
      this.fault = error
      return null
    }
  }

  private async send(): Promise<boolean> {
    const plan = this.parts.plan()
    if (plan === null) return false
    const sent = await this.parts.service.sendPhotos(plan, sliceMs)
    const before = this.sent?.damaged.length ?? 0
    this.sent = sent
    this.found = this.found.filter(({ file }) => sent.damaged.some((one) => one.file === file))
    if (this.fault?.code !== 'COPY-14') this.fault = null
    if (sent.damaged.length > before) this.warn(sent.damaged)
    if (sent.isCounted) for (const over of this.parts.over(sent.days)) await this.drop(plan, over)
    return sent.hasMore
  }

  /** Each has its row: that a photo is deleted everywhere is part of the lot's record. */
  private async drop(plan: CopyPlan, { day, why }: PhotoDayOver): Promise<void> {
    if (this.stopped) return
    const { files, bytes } = await this.parts.service.dropPhotos(plan, day)
    this.parts.event('photoCopiesDeleted', `${day} files=${files} bytes=${bytes} why=${why}`)
    const { sent } = this
    if (sent !== null) this.sent = { ...sent, days: sent.days.filter((one) => one.day !== day) }
  }

  private async bring(): Promise<boolean> {
    this.back = await this.parts.service.bringPhotos(sliceMs)
    if (this.fault?.code === 'COPY-14') this.fault = null
    const { back } = this
    if (back === null || !back.isEnded) return back !== null
    const { count, brought, damaged } = back
    this.parts.event(
      'photosBack',
      `brought=${brought} of=${count ?? '?'} damaged=${damaged.length}`,
    )
    if (damaged.length > 0) this.warn(damaged)
    return false
  }
}
