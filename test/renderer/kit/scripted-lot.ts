// A lot with scripted answers, for tests of the window: a board, some tables, and every call recorded.
// Used in memory by component tests, and over HTTP by a real window that attaches to it.
import { noCentre } from '#ledger/calls/centre-views.ts'
import { papersView } from '../pages/papers/papers-view.ts'
import { inboxCalls } from '#runtime/control/control-inbox.ts'
import type { Caller } from '#lane/people/people-gate.ts'
import { leaveView } from '../pages/leave/leave-view.ts'
import { surveyHere } from '../pages/survey/survey-here.ts'
import type { SurveyLine } from '#survey/calls/survey-views.ts'
import { provinceRules } from '../pages/order/order-views-kit.ts'
import type { MeasureView } from '#survey/calls/measure-views.ts'
import {
  measureChoices,
  measureFigures,
  nothingMeasures,
} from '../pages/survey/measure-views-kit.ts'
import { surveyPageView } from '../pages/survey/survey-views-kit.ts'
import { refusedFor } from '#runtime/api/check.ts'
import type { HeldRecordView } from '#ledger/calls/queue.ts'
import type { ApiError, ApiReply } from '#base/calls/rows.ts'
import type { StreamItem } from '#runtime/api/table.ts'
import type { DemoState } from '#runtime/calls/demo.ts'
import type { BoardView, EventView } from '#lane/calls/views.ts'
import type { QueueRecordView } from '#ledger/calls/ledger-views.ts'
import type { DeviceSettingsView, SettingsBackupView } from '#devices/calls/settings-views.ts'
import type { FindStateView } from '#devices/calls/find-views.ts'
import type { LaneCameraView, SeekView } from '#devices/calls/seek-views.ts'
import { findStates } from '../pages/find/find-views-kit.ts'
import { laneCamera, seekStates } from '../pages/find/seek-views-kit.ts'
import type { HealthView } from '#devices/calls/health-views.ts'
import type { TuneView } from '#devices/calls/tune-views.ts'
import { rsuPresets } from '#devices/pure/rsu/presets.ts'
import { healthView, tuneView } from '../pages/tune/tune-views-kit.ts'
import type { PassingView } from '#survey/calls/passing-views.ts'
import { passingView } from '../pages/lane/passing-views-kit.ts'
import { deviceBackups, deviceSettings, diffOf } from '../pages/devices/device-views-kit.ts'
import { ScriptedConsole } from '../shell/console-views-kit.ts'
import { boards, events, ledgerSums, records, stayRows } from '../pages/lane/lane-views.ts'
import { profileLibrary } from '../pages/profiles/profile-views-kit.ts'
import { acceptanceView } from '../pages/acceptance/acceptance-view.ts'
import { firstCar, passportDrift, passportVersions } from '../pages/passport/passport-views.ts'
import type { SeatView } from '#lane/calls/people-views.ts'
import type { PlaceQuoteView, PlaceView } from '#lane/calls/place-views.ts'
import { chargeRows, quoteView } from '../pages/places/place-views-kit.ts'
import type { SafetyView } from '#devices/calls/safety-views.ts'
import { safetyStates } from '../pages/safety/safety-views-kit.ts'
import { answerPeople, answerSetup, runningSettings } from '../pages/setup/setup-views-kit.ts'
import type { PeopleGate } from '#lane/people/people-gate.ts'
import type { Role } from '#base/pure/values/roles.ts'
import { noProof, type LotProof } from '#lane/desk/setup/lot-proof.ts'
import type { SetupService } from '#lane/desk/setup/setup-service.ts'
import { staysToCheck } from '../pages/stays/stays-view.ts'
import { noSpaces } from '#lane/calls/sensors-views.ts'
import { sentOrders } from '../pages/partners/partners-view.ts'
import { spaceRows } from '../pages/spaces/spaces-view.ts'
import type { CommandState } from '#lane/calls/command.ts'
import type { BackupView } from '#ledger/calls/backup-views.ts'
import { beliefView } from '../pages/belief/belief-view.ts'
import { copiesView } from '../pages/copies/copies-view.ts'
import { machineView } from '../pages/machine/machine-view.ts'
import { ScriptedUpdates } from '../../kit/scripted-updates.ts'
import type { MachineView } from '#runtime/calls/machine.ts'
import type { ListView } from '#base/calls/list-views.ts'
import { listView } from '../pages/list/list-view.ts'
import { dayView } from '../pages/day/day-view.ts'
import type { ReportPlanView } from '#money/calls/report-views.ts'
import { exposure, rehearsal } from '../pages/rehearsal/rehearsal-view.ts'
import { reservationCheck, reservationsView } from '../pages/reservations/reservation-view.ts'
import { reportRun } from '../pages/report/report-view.ts'
import { arrearsView, couponsView } from '../pages/coupons/coupons-view.ts'
import { insideView } from '../pages/inside/inside-view.ts'
import { merchantsView, pointsStatement, pointsView } from '../pages/points/points-view.ts'
import { membersView } from '../pages/members/members-view.ts'
import { ScriptedTariff } from '../pages/tariff/tariff-views-kit.ts'
import { printers, receipt } from '../components/receipt-view.ts'
import { carFile, refundAsks, stayPayments, timeline } from '../pages/timeline/timeline-view.ts'

/** Nothing comes due by itself. */
const stillClock = { nowUs: () => 0, after: () => () => undefined }

export interface KeptCall {
  readonly name: string
  readonly args: Readonly<Record<string, unknown>>
}

/** An answer that refuses; what is not given of its fault is empty. */
export const refusal = (code: string, more: Partial<ApiError> = {}) => ({
  ok: false as const,
  error: { code, message: '', means: '', todo: '', field: '', value: '', ...more },
})

/** The seat of a person of this role, who has signed in. */
export const seatOf = (role: Role): ScriptedLot['seat'] => ({
  hasPeople: true,
  people: [],
  me: { id: 'p2', name: '李四', role, mustChange: false, idleLeftSec: 600, endsIso: '' },
  fault: null,
  waitingLanes: [],
})

/** The results of a transfer by stick: exported, and imported back. */
const transferred = {
  number: 9,
  records: 3,
  amountFen: 1500,
  refundFen: 0,
  exceptions: 0,
  files: ['GX.etcout'],
  others: 0,
  answers: 3,
  confirmed: 2,
  refused: 1,
  known: 0,
  open: 0,
}

export class ScriptedLot {
  board: BoardView = boards.normal
  rows: readonly Record<string, unknown>[] = stayRows
  records: readonly QueueRecordView[] = records
  held: readonly HeldRecordView[] = []
  events: readonly EventView[] = events
  photoBase64: string | null = null
  device: DeviceSettingsView = deviceSettings()
  backups: readonly SettingsBackupView[] = deviceBackups
  readonly console = new ScriptedConsole()
  tune: TuneView = tuneView()
  passing: PassingView = passingView('noLoops')
  health: HealthView = healthView()
  demo: DemoState = { networkUp: true, rsuSilent: [], traffic: false, isStreet: false }
  find: FindStateView = findStates.normal
  safety: SafetyView = safetyStates.normal
  seek: SeekView = seekStates.quiet
  surveys: readonly SurveyLine[] = [surveyPageView()]
  measuring: MeasureView = nothingMeasures
  laneCamera: LaneCameraView = laneCamera
  places: readonly PlaceView[] = []
  quote: PlaceQuoteView = quoteView()
  charges: readonly Record<string, unknown>[] = chargeRows
  /** A lot that is being set up; null: none. */
  setup: SetupService | null = null
  /** Survey and first car in the folder of that lot. */
  proof: LotProof = noProof
  /** The settings of the running lot. */
  settings: SetupService | null = runningSettings()
  /** The people of the lot that is being set up. */
  team: PeopleGate | null = null
  members = membersView()
  copies: BackupView = copiesView()
  machine: MachineView = machineView()
  readonly updates = new ScriptedUpdates({ mono: stillClock })
  list: ListView = listView()
  readonly tariff = new ScriptedTariff()
  seat: Omit<SeatView, 'lot' | 'refused'> = {
    hasPeople: false,
    people: [],
    me: null,
    fault: null,
    waitingLanes: [],
  }
  readonly calls: KeptCall[] = []
  /** Answers that replace the usual ones, by call. */
  readonly replies = new Map<string, ApiReply<unknown>>()
  /** What became of an act whose answer was lost. */
  commandState: CommandState = 'none'
  /** Calls whose answers wait for a promise. */
  readonly waits = new Map<string, Promise<void>>()
  /** Scheduled reports. */
  plans: readonly ReportPlanView[] = []
  private seq = 0
  private readonly takers = new Map<(item: StreamItem) => void, string>()

  sent(name: string): readonly KeptCall[] {
    return this.calls.filter((call) => call.name === name)
  }

  /** Answers these data to each later call of the name. */
  answers(name: string, data: unknown): void {
    this.replies.set(name, { ok: true, data })
  }

  /** Refuses each later call of the name. */
  refuses(name: string, code: string, more?: Partial<ApiError>): void {
    this.replies.set(name, refusal(code, more))
  }

  argsOf(name: string): readonly KeptCall['args'][] {
    return this.sent(name).map(({ args }) => args)
  }

  call(name: string, args: unknown): ApiReply<unknown> | Promise<ApiReply<unknown>> {
    // Every window makes this call all the time, so it is not recorded for the page.
    if (name === 'people.seat') return this.replies.get(name) ?? { ok: true, data: this.seatView }
    this.calls.push({ name, args: args as Record<string, unknown> })
    const special = this.replies.get(name)
    if (special !== undefined) return special
    if (name === 'inbox.get') return this.inbox()
    if (name.startsWith('tariff.')) return this.tariff.answer(name, args, this.setup !== null)
    if (this.team !== null && name.startsWith('people.'))
      return answerPeople(this.team, name, args as object)
    if (name.startsWith('updates.')) return this.updates.answer(name, args as object)
    if (name.startsWith('setup.'))
      return answerSetup(this.setup ?? this.settings, name, args as object, this.proof)
    return { ok: true, data: this.answer(name, args as Record<string, unknown>) }
  }

  /** As the runtime makes it, of the scripted answers; its own calls are not recorded. */
  private async inbox(): Promise<ApiReply<unknown>> {
    const { me } = this.seat
    const caller = { role: me?.role ?? 'owner', token: null, person: me, mustChange: false }
    const answer = (name: string, args: unknown): ReturnType<ScriptedLot['call']> =>
      this.replies.get(name) ??
      (name === 'tariff.get'
        ? this.tariff.answer(name, args, false)
        : { ok: true, data: this.answer(name, args as KeptCall['args']) })
    const { 'inbox.get': get } = inboxCalls({
      config: { mode: this.board.status.mode },
      here: () => ({
        laneName: (id) => ({ zh: id, en: id }),
        street: null,
        nowMs: 0,
        upMs: 60_000,
      }),
      call: (name, args) => Promise.resolve(answer(name, args)),
    })
    return { ok: true, data: await get({}, caller.role, caller satisfies Caller) }
  }

  private get seatView(): SeatView {
    const { hasPeople, me } = this.seat
    const lot = { name: { zh: '测试停车场', en: 'Test car park' }, district: '南宁市青秀区' }
    return { ...this.seat, lot, refused: hasPeople ? refusedFor(me?.role ?? null) : [] }
  }

  private answer(name: string, args: Readonly<Record<string, unknown>>): unknown {
    if (name === 'search.find') return { rows: [] }
    if (name === 'board.get') return this.board
    if (name === 'status.get') return this.board.status
    if (name === 'command.state') return { state: this.commandState }
    if (name === 'queue.status') return this.board.status.queue
    if (name === 'stays.toCheck') return staysToCheck
    if (name === 'people.list') return { rows: [], gone: [] }
    if (name === 'help.list' || name === 'booms.raised') return { rows: [] }
    if (name === 'day.get') return dayView
    if (/^report\.st/.test(name)) return reportRun
    if (name === 'report.plans') return { rows: this.plans }
    if (name === 'document.state') return { phase: null }
    if (name === 'document.stop') return { stopped: 1 }
    if (name === 'report.file')
      return { fileName: 'day.pdf', mime: 'application/pdf', base64: 'eA==' }
    if (name === 'backup.status') return this.copies
    if (name === 'machine.get') return this.machine
    if (name === 'updates.get') return this.updates.view
    if (name === 'lot.believed') return beliefView()
    if (name === 'lot.handover') return { fileName: 'lot.pdf', base64: 'eA==' }
    if (name === 'list.status') return this.list
    if (name === 'members.list') return this.members
    if (name === 'coupons.list') return couponsView
    if (name === 'arrears.list') return arrearsView
    if (name === 'arrears.find') {
      const rows = arrearsView.rows.filter(({ plate }) => plate === args['plate'])
      return { rows, sumFen: rows.reduce((sum, { amountFen }) => sum + amountFen, 0) }
    }
    if (name === 'merchants.list') return merchantsView
    if (name === 'imports.last') return { rows: [] }
    if (name === 'points.list') return pointsView
    if (name === 'points.statement') return pointsStatement
    if (name === 'inside.list') return insideView
    if (name === 'members.export' || name === 'coupons.export') return { csv: 'x' }
    if (name === 'queue.list') return { rows: this.records }
    if (name === 'queue.held') return { rows: this.held, count: this.held.length }
    if (name === 'queue.export' || name === 'queue.import')
      return { ok: true, repeated: false, ...transferred }
    if (name === 'place.state') return { places: this.places }
    if (name === 'place.quote')
      return { ...this.quote, laneId: args['laneId'], plate: args['plate'] }
    if (name === 'ledger.query' && args['lane'] !== undefined)
      return { rows: this.charges, next: null }
    if (name === 'ledger.query')
      return { rows: args['kind'] === 'stay' ? this.rows : [], next: null }
    if (name === 'ledger.sums') return ledgerSums
    if (name === 'ledger.sheet') return { base64: 'eA==', mime: 'text/csv', rows: 9, cut: false }
    if (name === 'ledger.timeline') return timeline
    if (name === 'pay.attempts') return stayPayments
    if (name === 'refunds.asked') return { rows: refundAsks }
    if (name === 'explain.file' || name === 'explain.wholeFile') return carFile
    if (name === 'receipt.give') return receipt
    if (name === 'receipt.printers') return printers
    if (name === 'receipt.saved') return {}
    if (name === 'ledger.verify') return { ok: true, rows: 1842, chain: 'ok', firstBadSeq: null }
    if (name === 'device.settings') return this.device
    if (name === 'device.diff') return diffOf(this.device, args['wanted'] as Record<string, number>)
    if (name === 'device.backups') return { rows: this.backups }
    const said = this.console.answer(name, args)
    if (said !== null) return said
    if (name === 'acceptance.state') return acceptanceView
    if (name === 'papers.state') return papersView()
    if (name === 'lot.leave') return leaveView()
    if (name === 'passport.drift') return passportDrift
    if (name === 'passport.versions') return passportVersions
    if (name === 'profiles.library') return profileLibrary
    if (name === 'survey.list') return { surveys: this.surveys, unreadable: [], here: surveyHere }
    if (name === 'survey.antennas') return { rows: [] }
    if (name === 'survey.choices') return measureChoices
    if (name === 'survey.figures') return measureFigures()
    if (/^survey\.(?:measuring$|measure\.|instrument\.(?!burst))/.test(name)) return this.measuring
    if (name.startsWith('survey.')) return surveyPageView()
    if (name === 'rules.get') return provinceRules
    if (name === 'centre.state') return noCentre
    if (name === 'reservation.get') return reservationsView
    if (name === 'reservation.check') return reservationCheck
    if (name === 'rehearse.get') return rehearsal
    if (name === 'exposure.get') return exposure
    if (name === 'first.state') return { laneId: args['laneId'], test: firstCar }
    if (name === 'tune.get') return this.tune
    if (name === 'passing.get') return this.passing
    if (name === 'preset.list') return { rows: rsuPresets }
    if (name === 'device.health') return this.health
    if (name === 'spaces.get') return noSpaces
    if (name === 'spaces.list') return { rows: spaceRows }
    if (name === 'spaces.unmatched') return { rows: [] }
    if (name === 'partners.orders') return sentOrders
    if (name === 'photo.get') return { jpegBase64: this.photoBase64 }
    if (name.startsWith('find.')) return this.find
    if (name === 'safety.get') return this.safety
    if (name === 'test.keep' || name === 'test.stop') return this.safety.test
    if (name === 'hold.keep') return { state: 'taken', end: null }
    if (name === 'hold.list') return { rows: this.safety.holders }
    if (name === 'seek.camera') return this.laneCamera
    if (name.startsWith('seek.')) return this.seek
    if (name === 'demo.state') return this.demo
    if (name === 'demo.sendCar') return { plate: '测A12345' }
    return { ok: true, repeated: false }
  }

  subscribe(stream: string, take: (item: StreamItem) => void): () => void {
    this.takers.set(take, stream)
    if (stream === 'board') take({ stream: 'board', seq: ++this.seq, dropped: 0, data: this.board })
    else if (stream === 'measuring') this.tellMeasuring(take)
    else for (const data of this.events) take({ stream: 'events', seq: data.seq, dropped: 0, data })
    return () => void this.takers.delete(take)
  }

  private tellMeasuring(take: (item: StreamItem) => void): void {
    take({ stream: 'measuring', seq: ++this.seq, dropped: 0, data: this.measuring })
  }

  /** Sends changed measurements to every subscriber. */
  measure(view: MeasureView): void {
    this.measuring = view
    for (const [take, stream] of this.takers) if (stream === 'measuring') this.tellMeasuring(take)
  }

  /** Sends another board to every subscriber. */
  show(board: BoardView): void {
    this.board = board
    for (const [take, stream] of this.takers) {
      if (stream === 'board') take({ stream: 'board', seq: ++this.seq, dropped: 0, data: board })
    }
  }
}
