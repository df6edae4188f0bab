// The control API of a lot: the handlers of all table rows, and the streams of its board. All callers come through the
// one dispatcher (dispatcher.ts).
import { t } from '../../core/values/fault-text.ts'
import {
  type ApiName,
  type ApiReply,
  type ArgsOf,
  type DemoState,
  type Role,
} from '../../api/table.ts'
import { upkeepOf } from '../../core/lot/config.ts'
import type { InboxView, MatterView } from '../../api/calls/inbox.ts'
import type { BoardView } from '../../api/views.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import { endLedger } from '../../core/faults/ledger-faults.ts'
import type { ApiSession } from '../../ports/api-host.ts'
import type { MonoClock } from '../../ports/clocks.ts'
import { ControlActs } from './control-acts.ts'
import { consoleHandlers, type ConsoleParts } from './control-console.ts'
import { deviceHandlers } from './control-devices.ts'
import { ControlStays } from './control-stays.ts'
import { healthHandlers, type Credentials } from './control-health.ts'
import { tuneHandlers } from './control-tune.ts'
import { firstCarHandlers } from './control-first-car.ts'
import { passportHandlers } from './control-passport.ts'
import { couponHandlers, type CouponParts } from './control-coupons.ts'
import { importHandlers } from './control-imports.ts'
import { insideHandlers } from './control-inside.ts'
import { memberHandlers } from './control-members.ts'
import { peopleHandlers } from './control-people.ts'
import { explainHandlers } from './control-explain.ts'
import { receiptHandlers, type ReceiptParts } from './control-receipts.ts'
import { backupHandlers, type BackupParts } from './control-backup.ts'
import { machineHandlers, type MachineParts } from './control-machine.ts'
import { updateHandlers, type UpdateParts } from './control-updates.ts'
import { transferHandlers } from './control-transfer.ts'
import type { TransferService } from '../../ports/transfer.ts'
import { lotHandlers, type LotParts } from './control-lot.ts'
import { laneHandlers } from './control-lane.ts'
import { leaveHandlers } from './control-leave.ts'
import { listHandlers } from './control-list.ts'
import { feedbackHandlers } from './control-feedback.ts'
import { helpHandlers } from './control-help.ts'
import type { DayBills } from '../money/day-bills.ts'
import type { PersonCalls } from '../lot/person-calls.ts'
import type { DocumentWork } from '../../ports/document-work.ts'
import { documentHandlers } from './control-document.ts'
import { dayHandlers } from './control-day.ts'
import { noDrawer, type OpenDrawer } from './day-drawer.ts'
import { reportHandlers } from './control-report.ts'
import type { Reports } from '../report/reports.ts'
import { payHandlers } from './control-pay.ts'
import { placeHandlers } from './control-place.ts'
import { rehearsalHandlers } from './control-rehearsal.ts'
import type { RehearsalRunner } from '../lot/rehearsal-runner.ts'
import { centreHandlers, type CentrePart } from './control-centre.ts'
import { reservationHandlers, type ReservationControl } from './control-reservation.ts'
import { rulesOf } from './control-rules.ts'
import { partnerHandlers } from './control-partners.ts'
import { unmatchedHandlers } from './control-unmatched.ts'
import { spaceHandlers, type SpaceWatchPart } from './control-spaces.ts'
import { supportHandlers } from './control-support.ts'
import { surveyHandlers, type SurveyService } from './control-survey.ts'
import { PhotoDrafts, type KeepPhoto } from './photo-drafts.ts'
import { profilesHandlers, type ProfileService } from './control-profiles.ts'
import { acceptanceHandlers, type AcceptancePart } from './control-acceptance.ts'
import { passingHandlers } from './control-passing.ts'
import type { PassingService } from '../survey/passing-service.ts'
import { papersHandlers, type PapersPart } from './control-papers.ts'
import { boomHandlers, type BoomParts } from './control-booms.ts'
import { mustOpenLanes, safetyHandlers, type SafetyParts } from './control-safety.ts'
import { needed } from './no-folder.ts'
import { ControlStreams } from './control-streams.ts'
import { ControlViews, type ViewParts } from './control-views.ts'
import { ShiftFence } from './shift-fence.ts'
import type { InstantMs } from '../../core/values/instant.ts'
import { PeopleGate, type Caller } from '../people/people-gate.ts'
import { PeopleService, type PeopleParts } from '../people/people-service.ts'
import { Dispatcher, type Handlers, type HandlersOf } from './dispatcher.ts'
import type { SetupService } from '../setup/setup-service.ts'
import type { Sessions } from '../../core/people/sessions.ts'
import type { DeviceVersions } from '../passport/device-versions.ts'
import type { PassportStore } from '../passport/passport-store.ts'
import { inboxHandlers } from './control-inbox.ts'
import { lotHere } from './lot-here.ts'
import { searchHandlers } from './control-search.ts'
import { heldHandlers } from './control-held.ts'
import { findHandlers } from './control-find.ts'
import { seekHandlers } from './control-seek.ts'
import { setupHandlers } from './control-setup.ts'
import { tariffHandlers, type TariffParts } from './control-tariff.ts'
import type { SupportPorts } from '../../ports/support.ts'
import type { SeekService } from '../find/seek-service.ts'
import type { FindService } from '../find/find-service.ts'

/** Where the accounts of a lot are stored. */
type PeopleFolder = Pick<PeopleParts, 'file' | 'hasher' | 'random' | 'sessions'>

/** Controls of a demo; a real lot has none. */
export interface DemoControls {
  sendCar(args: ArgsOf<'demo.sendCar'>): Promise<{ plate: string }>
  network(up: boolean): Promise<{ up: boolean }>
  rsuSilent(laneId: string, on: boolean): Promise<{ on: boolean }>
  traffic(on: boolean): { on: boolean }
  /** Cuts the power after the answer was sent. */
  powerCut(): void
  state(): DemoState
}

interface ControlParts extends Omit<ViewParts, 'networkUp' | 'hasControls'>, CouponParts {
  readonly mono: MonoClock
  readonly demo: DemoControls | null
  /** Credentials of the lot at its platform; absent: simulated. */
  credentials?(): Credentials
  /** Absent: the lot has no folder. */
  readonly passports?: PassportStore
  /** Absent: no device has a link. */
  readonly versions?: DeviceVersions
  /** Absent: the lot has no folder. */
  readonly receipts?: ReceiptParts
  /** Absent: the lot has no folder. */
  readonly backup?: BackupParts
  readonly machine?: MachineParts
  /** Absent: the lot has no folder. */
  readonly updates?: UpdateParts
  /** Absent: the lot has no folder. */
  readonly transfer?: TransferService
  /** Absent: the lot has no folder. */
  readonly lot?: LotParts
  /** Settings of a running lot; absent: they cannot be changed here. */
  readonly setup?: SetupService
  /** Absent: the lot has no folder. */
  readonly reports?: Reports
  /** Absent: the lot has no folder. */
  readonly profiles?: ProfileService
  /** Absent: no platform sends bills. */
  readonly dayBills?: DayBills
  readonly surveys?: SurveyService
  /** Absent: the lot has no folder. */
  readonly passing?: PassingService
  /** Absent: the lot has no folder. */
  readonly acceptance?: AcceptancePart
  readonly papers?: PapersPart
  /** Absent: the lot has no folder. */
  readonly tariff?: TariffParts
  /** Absent: the lot has no folder. */
  readonly support?: SupportPorts
  /** Absent: no frames can be viewed. */
  readonly frameConsole?: ConsoleParts
  /** Absent: no documents are made here. */
  readonly documents?: DocumentWork
  /** Stores a photo of an instrument; absent: the lot has no folder. */
  readonly keepPhoto?: KeepPhoto
  /** Absent: nothing watches parking spaces. */
  readonly spaces?: SpaceWatchPart
  /** Absent: no reservation platform. */
  readonly reservation?: ReservationControl
  /** Null: no centre, or its feed is not open yet. */
  centre?(): CentrePart | null
  /** Absent: the lot has no folder. */
  readonly help?: PersonCalls
  /** Absent: no device has a link. */
  readonly safety?: SafetyParts
  /** Booms that tests left up, and what the inputs of the lanes show; absent: nothing is kept. */
  readonly booms?: BoomParts
  /** Absent: the links of the lot cannot be cut. */
  readonly rehearsals?: RehearsalRunner
  /** Absent: no devices can be searched for. */
  readonly find?: FindService
  /** Absent: the lot has no folder. */
  readonly people?: PeopleFolder
  /** Absent: no network can be searched. */
  readonly seek?: SeekService
  /** A person applied a platform's change early; absent: no platform makes changes. */
  lookAtTold?(): void
  /** The ledger failed with an unknown result: the call is answered first, then the process ends (2.8). */
  fatal(fault: LaneFault): void
}

/** Enough time for the answer to be sent. */
const answerLeavesMs = 50

export class Control {
  private readonly acts: ControlActs
  private readonly photos: PhotoDrafts
  private readonly stays: ControlStays
  private readonly views: ControlViews
  private readonly streams: ControlStreams
  private readonly dispatcher: Dispatcher
  private readonly fence: ShiftFence
  private readonly gate: PeopleGate | null
  private readonly parts: ControlParts
  private readonly touched: () => void
  /** Opens the drawer of the lot, or says why it cannot. */
  private readonly drawer: OpenDrawer = () => this.parts.receipts?.drawer() ?? noDrawer
  /** Settles when the day so far was read, or cannot be read. */
  private day: Promise<void> = Promise.resolve()

  constructor(parts: ControlParts) {
    this.parts = parts
    const { runtime, demo } = parts
    this.acts = new ControlActs(runtime, parts.mono)
    this.photos = new PhotoDrafts(parts.keepPhoto ?? null)
    const afterDays = upkeepOf(parts.config).stayDays
    const { acts, drawer } = this
    const { service, config } = parts
    this.stays = new ControlStays({ runtime, service, acts, drawer, afterDays, config })
    const networkUp = (): boolean => demo?.state().networkUp ?? true
    this.views = new ControlViews({ ...parts, networkUp, hasControls: demo !== null })
    const board = () => this.views.board()
    const { mono, surveys } = parts
    const measuring = surveys === undefined ? {} : { measuring: surveys }
    this.streams = new ControlStreams({ mono, events: runtime.events, board, ...measuring })
    this.gate = parts.people === undefined ? null : this.openGate(parts.people)
    this.fence = new ShiftFence({
      runtime,
      service,
      waiting: async () =>
        ((await parts.receipts?.paper.view())?.waiting ?? []).map(({ stayId }) => stayId),
    })
    this.dispatcher = new Dispatcher({
      fence: this.fence,
      handlers: this.table(),
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

  /** Since when this caller may see records; null: all of them. */
  private async sinceOf(caller: Caller): Promise<InstantMs | null> {
    return (await this.fence.shiftOf(caller))?.span.fromMs ?? null
  }

  /** Handlers about the lot as a whole. */
  private lotTable() {
    const { runtime, config, lot = null } = this.parts
    const here = lotHere(this.parts)
    const call: Dispatcher['callBy'] = (name, args, caller) =>
      this.dispatcher.callBy(name, args, caller)
    return {
      ...documentHandlers(this.parts.documents),
      ...lotHandlers(lot),
      ...leaveHandlers({
        folder: lot?.leaving,
        status: () => this.views.status(),
        service: this.parts.service,
        backup: this.parts.backup ?? null,
        nowMs: () => runtime.nowMs(),
      }),
      ...passingHandlers(this.parts.passing ?? null, this.acts),
      ...inboxHandlers({ isDemo: config.mode === 'demo', here, call }),
      ...searchHandlers({ here, call }),
      ...supportHandlers(this.parts, (name, args, role) => this.dispatcher.call(name, args, role)),
      'rules.get': () => rulesOf(runtime.dialect, config),
      ...partnerHandlers(runtime, this.acts),
      ...unmatchedHandlers(runtime),
      ...spaceHandlers(this.parts.spaces, { runtime, config }, this.acts),
      ...reservationHandlers(this.parts.reservation),
      ...centreHandlers(this.acts, () => this.parts.centre?.() ?? null),
    }
  }

  /** Handlers about money; reversing a pass returns its payments. */
  private moneyTable() {
    const { acts, parts } = this
    const seconds = (by: string) => this.gate?.namesOfSeconds('till', by) ?? null
    const pay = payHandlers({ ...parts, drawer: this.drawer, seconds }, acts)
    const paid = async (passNo: string) => (await pay['pay.attempts']({ passNo }, 'owner')).rows
    const receipts = parts.receipts?.receipts ?? null
    return {
      ...pay,
      ...memberHandlers(parts.runtime, parts.config, acts, paid),
      ...feedbackHandlers({ ...parts, receipts }, acts),
    }
  }

  private table(): Handlers {
    const { acts, views } = this
    return {
      'status.get': () => this.day.then(() => views.status()),
      'board.get': () => this.day.then(() => views.board()),
      'lane.open': (args, role) => {
        this.parts.safety?.holds.mustBeOurs(args.laneId, 'barrier')
        return acts.open(args, role)
      },
      'lane.settle': (args, role) => acts.settle(args, role),
      'lane.payCode': (args, role) => acts.payCode(args, role),
      ...laneHandlers(this.parts.runtime, acts),
      'ledger.query': async (args, _role, caller) => views.query(args, await this.sinceOf(caller)),
      'ledger.sheet': (args) => views.sheet(args),
      'ledger.sums': (args) => views.sums(args),
      'ledger.timeline': (args) => views.timeline(args),
      'ledger.verify': () => views.verify(),
      'queue.status': () => views.queueStatus(),
      'queue.list': async (args, _, caller) => views.queueList(args, await this.sinceOf(caller)),
      'command.state': ({ commandId }) => ({ state: acts.stateOf(commandId) }),
      'photo.get': (args) => views.photo(args),
      'photo.hold': (args) => this.photos.hold(args),
      ...deviceHandlers(acts, this.parts.device, this.photos),
      'stays.toCheck': (args) => this.stays.toCheck(args),
      'stays.close': (args, role) => this.stays.close(args, role),
      'charges.settle': (args, role) => this.stays.settle(args, role),
      'refunds.given': (args, role) => this.stays.given(args, role),
      ...tuneHandlers(acts, this.parts.device),
      ...healthHandlers(this.parts),
      ...firstCarHandlers(this.parts.runtime, acts),
      ...passportHandlers(acts, this.parts.passports ?? null, this.parts.versions ?? null),
      ...consoleHandlers(acts, this.parts.frameConsole ?? null),
      ...this.lotTable(),
      ...findHandlers(this.parts.find ?? null),
      ...seekHandlers(this.parts.seek ?? null),
      ...this.setupTable(),
      ...tariffHandlers(acts, this.parts.tariff ?? null),
      ...couponHandlers(this.parts, acts),
      ...importHandlers(this.parts.runtime, this.parts.config, acts),
      ...insideHandlers(this.parts.runtime, acts),
      ...this.moneyTable(),
      ...peopleHandlers(this.gate, this.parts.config),
      ...profilesHandlers(acts, this.parts.profiles ?? null),
      ...dayHandlers({ ...this.parts, drawer: this.drawer, fence: this.fence }, acts),
      ...reportHandlers(this.parts.reports ?? null),
      ...explainHandlers({
        ...this.parts,
        acts,
        views,
        receipts: this.parts.receipts?.receipts ?? null,
      }),
      ...helpHandlers(this.parts.help ?? null, acts),
      ...receiptHandlers(this.parts.receipts ?? null, acts),
      ...listHandlers(acts, this.parts.list ?? null),
      ...backupHandlers(acts, this.parts.backup ?? null),
      ...machineHandlers(acts, this.parts.machine ?? null),
      ...updateHandlers(acts, this.parts.updates ?? null),
      ...heldHandlers(this.parts.runtime, acts),
      ...transferHandlers(acts, this.parts.runtime, this.parts.transfer ?? null, this.parts.mono),
      ...placeHandlers(this.parts.runtime, acts, this.photos),
      ...surveyHandlers(this.parts.surveys ?? null, this.photos, (who, role, what) =>
        this.parts.runtime.append([acts.auditRow(who, role, what, {})]),
      ),
      ...acceptanceHandlers(acts, this.parts.acceptance ?? null),
      ...papersHandlers(acts, this.parts.papers ?? null, this.photos),
      ...safetyHandlers(acts, this.parts.safety ?? null),
      ...rehearsalHandlers(acts, this.parts),
      ...this.demoTable(),
    }
  }

  private booms(): BoomParts | null {
    const { booms, setup } = this.parts
    return booms === undefined ? null : { ...booms, watch: setup?.booms }
  }

  private setupTable() {
    const { setup = null, lot, surveys } = this.parts
    const handlers = setupHandlers(setup, surveys?.proof, this.acts)
    // The document is made outside the lanes' thread.
    return {
      ...handlers,
      ...boomHandlers(this.acts, this.booms()),
      'setup.try': (args: ArgsOf<'setup.try'>, role: Role) => {
        if (args.device === 'barrier') mustOpenLanes(role, '/device', args.device)
        return handlers['setup.try'](args, role)
      },
      'setup.spaces': (args: ArgsOf<'setup.spaces'>, role: Role) =>
        lot === undefined || args.file === undefined
          ? handlers['setup.spaces'](args, role)
          : lot.spacesOf(args.file, args.layer),
      'setup.handover': (args: ArgsOf<'setup.handover'>) =>
        lot === undefined ? handlers['setup.handover'](args, 'owner') : lot.handover(args.language),
    }
  }

  private demoTable(): HandlersOf<Extract<ApiName, `demo.${string}`>> {
    // The dispatcher refuses these rows where there is no demo.
    const demo = needed(this.parts.demo, 'API-02', {})
    return {
      'demo.sendCar': (args) => {
        this.acts.lane(args.laneId)
        return demo().sendCar(args)
      },
      'demo.network': ({ up }) => demo().network(up),
      'demo.rsuSilent': ({ laneId, on }) => {
        const host = this.acts.lane(laneId)
        if (host.devices.rsu === null)
          throw new LaneFault('LANE-02', {
            field: '/laneId',
            value: laneId,
            note: t('那里没有天线', 'there is no antenna there'),
          })
        return demo().rsuSilent(laneId, on)
      },
      'demo.traffic': ({ on }) => demo().traffic(on),
      'demo.powerCut': () => {
        demo().powerCut()
        return { ok: true }
      },
      'demo.state': () => demo().state(),
    }
  }
}
