// The control API of a lot: the handlers of all table rows, and the streams of its board. All callers come through the
// one dispatcher (dispatcher.ts).
import type { Role } from '#base/pure/values/roles.ts'
import type { ApiReply } from '#base/calls/rows.ts'
import type { InboxView, MatterView } from '#lane/calls/inbox.ts'
import type { BoardView } from '#lane/calls/views.ts'
import type { LaneFault } from '#base/pure/faults/faults.ts'
import { endLedger } from '#base/pure/faults/ledger-faults.ts'
import type { ApiSession } from '#base/ports/api-host.ts'
import type { Sessions } from '#lane/pure/people/sessions.ts'
import { PeopleGate } from '#lane/people/people-gate.ts'
import { PeopleService, type PeopleParts } from '#lane/people/people-service.ts'
import { ControlActs } from '#base/desk/handlers/control-acts.ts'
import { ControlStreams } from './control-streams.ts'
import { ControlViews, type ViewParts } from './control-views.ts'
import { noDrawer } from '#base/desk/handlers/day-drawer.ts'
import { Dispatcher } from './dispatcher.ts'
import { joined, type Scope } from './joined.ts'
import { lotHere } from './lot-here.ts'
import { PhotoDrafts, type KeepPhoto } from '#base/desk/handlers/photo-drafts.ts'
import { ShiftFence } from '#base/desk/handlers/shift-fence.ts'
export type { DemoControls } from './control-demo.ts'

/** Where the accounts of a lot are stored. */
type PeopleFolder = Pick<PeopleParts, 'file' | 'hasher' | 'random' | 'sessions'>

/** What is made here of the parts. */
type Made =
  | 'acts'
  | 'photos'
  | 'views'
  | 'drawer'
  | 'fence'
  | 'gate'
  | 'here'
  | 'call'
  | 'day'
  | 'audit'

type ControlParts = Omit<Scope, Made> &
  Omit<ViewParts, 'networkUp' | 'hasControls'> & {
    /** Stores a photo of an instrument; absent: the lot has no folder. */
    readonly keepPhoto?: KeepPhoto
    /** Absent: the lot has no folder. */
    readonly people?: PeopleFolder
    /** The ledger failed with an unknown result: the call is answered first, then the process ends (2.8). */
    fatal(fault: LaneFault): void
  }

/** Enough time for the answer to be sent. */
const answerLeavesMs = 50

export class Control {
  private readonly acts: ControlActs
  private readonly views: ControlViews
  private readonly streams: ControlStreams
  private readonly dispatcher: Dispatcher
  private readonly gate: PeopleGate | null
  private readonly parts: ControlParts
  private readonly touched: () => void
  /** Settles when the day so far was read, or cannot be read. */
  private day: Promise<void> = Promise.resolve()

  constructor(parts: ControlParts) {
    this.parts = parts
    const { runtime, demo, service, mono, surveys } = parts
    this.acts = new ControlActs(runtime, mono)
    const networkUp = (): boolean => demo?.state().networkUp ?? true
    this.views = new ControlViews({ ...parts, networkUp, hasControls: demo !== null })
    const board = () => this.views.board()
    const measuring = surveys === undefined ? {} : { measuring: surveys }
    this.streams = new ControlStreams({ mono, events: runtime.events, board, ...measuring })
    this.gate = parts.people === undefined ? null : this.openGate(parts.people)
    const fence = new ShiftFence({
      runtime,
      service,
      waiting: async () =>
        ((await parts.receipts?.paper.view())?.waiting ?? []).map(({ stayId }) => stayId),
    })
    this.dispatcher = new Dispatcher({
      fence,
      handlers: joined(this.scope(fence)),
      people: this.gate ?? undefined,
      documents: parts.documents,
      streams: this.streams,
      demo: demo !== null,
      begin: (name, args) => this.acts.begin(name, args),
      failed: (fault) => {
        if (endLedger.has(fault.code)) mono.after(answerLeavesMs, () => parts.fatal(fault))
      },
    })
    this.touched = () => this.streams.changed()
    runtime.onChange.add(this.touched)
  }

  /** What the handlers see of the lot. */
  private scope(fence: ShiftFence): Scope {
    const { acts, views, gate, parts } = this
    return {
      ...parts,
      acts,
      views,
      gate,
      fence,
      photos: new PhotoDrafts(parts.keepPhoto ?? null),
      drawer: () => parts.receipts?.drawer() ?? noDrawer,
      here: lotHere(parts),
      call: (name, args, caller) => this.dispatcher.callBy(name, args, caller),
      day: () => this.day,
      audit: (who, role, what) => parts.runtime.append([acts.auditRow(who, role, what, {})]),
    }
  }

  board(): BoardView {
    return this.views.board()
  }

  /** What waits for the owner or any other person of the lot. */
  async matters(): Promise<readonly MatterView[]> {
    const reply = await this.dispatcher.call('inbox.get', {}, 'owner')
    return reply.ok ? (reply.data as InboxView).rows : []
  }

  /** Reads the day so far from the ledger; calls about the board wait for it. */
  start(): Promise<void> {
    const read = this.views.startDay().then(() => this.streams.changed())
    this.day = read.catch(() => undefined)
    return read
  }

  /** Sessions in progress; they continue when the lanes are reopened. */
  get seats(): Sessions {
    return this.gate?.service.seats ?? []
  }

  close(): void {
    this.parts.runtime.onChange.delete(this.touched)
    this.views.close()
    this.acts.close()
    this.streams.close()
  }

  /** A session for a caller with this role. */
  session(role: Role): ApiSession {
    return this.dispatcher.session(role)
  }

  call(name: string, args: unknown, role: Role): Promise<ApiReply<unknown>> {
    return this.dispatcher.call(name, args, role)
  }

  /** The accounts of the lot: every sign-in and every change is an audit row. */
  private openGate(folder: PeopleFolder): PeopleGate {
    const { runtime } = this.parts
    const nowMs = (): number => runtime.nowMs()
    const service = new PeopleService({
      ...folder,
      nowMs,
      audit: (body) => runtime.append([{ kind: 'audit', atMs: nowMs(), body }]),
    })
    return new PeopleGate({
      service,
      nowMs,
      letsOut: (laneId) => this.acts.letsOut(laneId),
      isPriced: (laneId) => this.acts.isPriced(laneId),
      isLarge: (laneId) => this.acts.dueFen(laneId) > this.parts.config.largeAmountFen,
      largeNeedsTwo: () => this.parts.config.largeFourEyes === true,
      isLive: true,
      waiting: () => this.acts.waiting(),
    })
  }
}
