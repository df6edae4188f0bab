// The programs of a running lot: carries out what people want of them (wishes.ts), and what a trial
// has decided (trial-keeper.ts), once no car is in a lane. The row of the ledger and then DIR/update/slots.json are on the disk before the lanes end.
import { dropBack, keepSlots, keptBack, keptSlots } from '../slots/slots-file.ts'
import { keptPlan } from '../slots/plan-file.ts'
import { updateChanges } from '../slots/update-changes.ts'
import { hasAct } from '#ledger/sqlite/rows-since.ts'
import { isDiskError } from '#base/pure/faults/disk-fault.ts'
import { LaneFault, type FaultCode } from '#base/pure/faults/faults.ts'
import { orIfFault } from '#base/pure/faults/on-fault.ts'
import { commandsMax } from '#ledger/pure/lot/command-words.ts'
import { isDue, wantedSlot } from '../pure/update/due.ts'
import type { UpdatePlan } from '../pure/update/plan.ts'
import {
  noSlots,
  switched,
  takenBack,
  type Slot,
  type Slots,
  type TakenBackWhy,
} from '../pure/update/slots.ts'
import { endedRow, switchedRow } from '../pure/update/told-rows.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { Cancel, MonoClock } from '#base/ports/clocks.ts'
import { version } from '#base/process/version.ts'
import { BetweenCars } from '../site/between-cars.ts'
import type { Site } from '../site/site-parts.ts'
import { installedHere, slotHere } from './chosen-here.ts'
import type { OwnTrialKeeper } from './trial-keeper.ts'
import { isSlotThere } from '../slots/slot-folders.ts'

/** Interval in ms for looking at the wishes, which a command may write. */
const lookMs = 1_000

/** What ends the lanes and begins them with the program that was kept. */
export interface ChangeOfProgram {
  /** True while a call to these lanes is not answered. */
  isBusy(): boolean
  /** Ends the lanes in order; the program that DIR/update/slots.json names begins. */
  begin(): void
}

interface SwitchParts {
  readonly dir: string
  readonly site: Site
  readonly mono: MonoClock
  readonly change: ChangeOfProgram
  /** Of the version on trial that runs here; null: it is not on trial. */
  readonly keeper: Pick<OwnTrialKeeper, 'taken'> | null
}

type Wish =
  | { readonly to: 'use'; readonly slot: Slot; readonly by: string }
  | { readonly to: 'back'; readonly note: string; readonly by: string }

/** These do not wait for an empty lane: the next car would meet the same. */
const atOnce: readonly TakenBackWhy[] = ['car', 'write']

export class ProgramSwitch {
  private readonly parts: SwitchParts
  private readonly between: BetweenCars
  private readonly own = slotHere(process.env)
  private readonly installed = installedHere(process.env)
  private isOver = false
  private timer: Cancel | null = null
  private troubles: readonly { readonly code: FaultCode; readonly note: string }[] = []
  private readonly isChanged: () => boolean
  /** As they were read last. */
  private back: ReturnType<typeof keptBack> = null
  private plan: UpdatePlan | null = null
  /** State whose last end is not known to be in the ledger; null: it is. */
  private untold: Slots | null = null

  constructor(parts: SwitchParts) {
    this.parts = parts
    const { dir, site, mono, change } = parts
    this.isChanged = updateChanges(dir, () => mono.nowUs() / 1_000)
    const free = (): void => this.carryOut()
    this.between = new BetweenCars({ site, mono, isBusy: () => change.isBusy(), free })
    this.look()
  }

  /** The kept state while it is about the program that runs here; null: it cannot be read. */
  private slots(): Slots | null {
    try {
      return keptSlots(this.parts.dir)
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      this.trouble(error)
      return null
    }
  }

  /** Lasting faults, for the operator. */
  notices(): readonly { readonly code: FaultCode; readonly note: string }[] {
    return this.troubles
  }

  /** Called after a wish was written; followed within a second in any case. */
  look(): void {
    if (this.isOver) return
    this.timer?.()
    if (this.isChanged()) this.read()
    this.tell()
    const taken = this.parts.keeper?.taken ?? null
    if (taken !== null && atOnce.includes(taken)) return this.leave()
    this.between.want(taken !== null || this.wish() !== null)
    this.timer = this.parts.mono.after(lookMs, () => this.look())
  }

  private read(): void {
    const { dir, site } = this.parts
    const { commands } = site.runtime.lot
    this.troubles = []
    this.back = orIfFault(() => keptBack(dir), null)
    this.plan = orIfFault(() => keptPlan(dir), null)
    const slots = this.slots()
    const row = slots === null || slots.told === slots.last?.atIso ? null : endedRow(slots, 0, null)
    this.untold = row === null ? null : slots
    // A file of before `told`, in a lot that no longer knows all ids of its acts.
    const isOld = row !== null && slots?.told === null && commands.size >= commandsMax
    if (isOld && !commands.has(row.body.commandId) && hasAct(dir, row.body.commandId))
      this.noteTold()
  }

  private trouble({ code, detail }: LaneFault): void {
    this.troubles = [{ code, note: detail.file ?? '' }]
  }

  private isOwn({ active }: Slots): boolean {
    return (active?.name ?? null) === this.own
  }

  private wish(): Wish | null {
    const { dir, site } = this.parts
    const { back, plan } = this
    if (back !== null && back.slot === this.own) {
      const { by, reason } = back
      return { to: 'back', note: `${by}: ${reason}`, by }
    }
    const slot = wantedSlot(plan, version)
    const wanted = plan?.wanted ?? null
    if (slot === null || wanted === null || !isDue(wanted, site.runtime.endingMs())) return null
    return isSlotThere(dir, slot) ? { to: 'use', slot, by: wanted.by } : null
  }

  private carryOut(): void {
    if ((this.parts.keeper?.taken ?? null) !== null) return this.leave()
    this.read()
    const wish = this.wish()
    const slots = this.slots()
    if (wish === null || this.isOver) return
    if (wish.to === 'use') this.use(slots, wish)
    else if (slots !== null) this.goBack(slots, wish)
  }

  /** A damaged file is written anew: the installed program runs where it cannot be read. */
  private use(slots: Slots | null, { slot, by }: Extract<Wish, { to: 'use' }>): void {
    const { runtime, opened } = this.parts.site
    const atMs = runtime.nowMs()
    const after = switched(slots ?? noSlots, slot, {
      atIso: isoOf(atMs),
      headSeq: opened.ledger.head.seq,
    })
    const row = switchedRow(after, this.installed, { atMs, by })
    this.end(after, row, true)
  }

  private goBack(slots: Slots, { note, by }: Extract<Wish, { to: 'back' }>): void {
    if (!this.isOwn(slots)) return
    const atMs = this.parts.site.runtime.nowMs()
    const at = { atIso: isoOf(atMs), installed: this.installed, rows: this.rows(slots) }
    const after = takenBack(slots, { ...at, why: 'person', note })
    // A ledger that takes no row does not keep a bad version: the next program writes it.
    this.end(after, endedRow(after, atMs, by), false)
  }

  private rows({ trial }: Slots): number {
    const { seq } = this.parts.site.opened.ledger.head
    return trial === null ? 0 : Math.max(0, seq - trial.fromSeq)
  }

  /** Row, kept state, end of the lanes; what fails is tried again at the next look. */
  private end(after: Slots, row: RowDraft | null, needsRow: boolean): void {
    const isWritten = row === null || this.appended(row)
    if ((needsRow && !isWritten) || !this.kept(after)) return
    orIfFault(() => dropBack(this.parts.dir), undefined)
    this.leave()
  }

  private leave(): void {
    this.stop()
    this.parts.change.begin()
  }

  private appended(row: RowDraft): boolean {
    try {
      this.parts.site.runtime.append([row])
      return true
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      this.trouble(error)
      return false
    }
  }

  private kept(slots: Slots): boolean {
    try {
      keepSlots(this.parts.dir, slots)
      this.troubles = []
      return true
    } catch (error) {
      if (!(error instanceof LaneFault) && !isDiskError(error)) throw error
      if (error instanceof LaneFault) this.trouble(error)
      return false
    }
  }

  /** Writes what a start, or a ledger that took no row, left unsaid. */
  private tell(): void {
    if (this.untold === null) return
    const { runtime } = this.parts.site
    const row = endedRow(this.untold, runtime.nowMs(), null)
    if (row === null) return
    if (runtime.lot.commands.has(row.body.commandId) || this.appended(row)) this.noteTold()
  }

  /** The row first: a kill in between finds its id among the last ones. */
  private noteTold(): void {
    const slots = this.slots()
    const atIso = this.untold?.last?.atIso
    if (slots === null || atIso === undefined || slots.last?.atIso !== atIso) return
    if (this.kept({ ...slots, told: atIso })) this.untold = null
  }

  stop(): void {
    this.isOver = true
    this.timer?.()
    this.between.stop()
  }
}
