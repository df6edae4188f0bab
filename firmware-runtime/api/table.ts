// The control API: one table of calls and streams. Role, argument check and answer type per row;
// the runtime serves it over a MessagePort and a loopback socket alike (design.md section 2).
import { largeRelease, openGuard, plateGuard, settleGuard } from '../core/people/guards.ts'
import { t } from '../core/values/fault-text.ts'
import { rule } from '../core/values/issue-why.ts'
import { settleMeans, type SettleMeans } from '../core/values/payment-means.ts'
import { line, plainAct, reply, type ApiError } from './rows.ts'
import { z } from 'zod'
import { acceptanceCalls } from './calls/acceptance.ts'
import { papersCalls } from './calls/papers.ts'
import { passingCalls } from './calls/passing.ts'
import { centreCalls } from './calls/centre.ts'
import { clockCalls } from './calls/clock.ts'
import { commandCalls } from './calls/command.ts'
import { partnerCalls } from './calls/partner.ts'
import { sensorCalls } from './calls/sensors.ts'
import { explainCalls } from './calls/explain.ts'
import { ledgerCalls } from './calls/ledger.ts'
import { staysCalls } from './calls/stays.ts'
import { tuneCalls } from './calls/tune.ts'
import { firstCarCalls } from './calls/first-car.ts'
import { passportCalls } from './calls/passport.ts'
import { couponCalls } from './calls/coupon.ts'
import { insideCalls } from './calls/inside.ts'
import { memberCalls } from './calls/member.ts'
import { pointsCalls } from './calls/points.ts'
import { peopleCalls } from './calls/people.ts'
import { photoCalls, photoDraftId } from './calls/photo.ts'
import { placeCalls } from './calls/place.ts'
import { measureCalls } from './calls/measure.ts'
import { dayCalls } from './calls/day.ts'
import { feedbackCalls } from './calls/feedback.ts'
import { workCalls, type DocumentsOf } from './calls/document.ts'
import { helpCalls } from './calls/help.ts'
import { inboxCalls } from './calls/inbox.ts'
import { searchCalls } from './calls/search.ts'
import { importCalls } from './calls/imports.ts'
import { payCalls } from './calls/pay.ts'
import { backupCalls } from './calls/backup.ts'
import { listCalls } from './calls/list.ts'
import { machineCalls } from './calls/machine.ts'
import { lotCalls } from './calls/lot.ts'
import { reservationCalls } from './calls/reservation.ts'
import { queueCalls } from './calls/queue.ts'
import { receiptCalls } from './calls/receipt.ts'
import { reportCalls } from './calls/report.ts'
import { rehearsalCalls } from './calls/rehearsal.ts'
import { rulesCalls } from './calls/rules.ts'
import { supportCalls } from './calls/support.ts'
import { surveyCalls } from './calls/survey.ts'
import { profilesCalls } from './calls/profiles.ts'
import { consoleCalls } from './calls/console.ts'
import { findCalls } from './calls/find.ts'
import { boomCalls } from './calls/booms.ts'
import { safetyCalls } from './calls/safety.ts'
import { seekCalls } from './calls/seek.ts'
import { setupCalls } from './calls/setup.ts'
import { tariffCalls } from './calls/tariff.ts'
import { updateCalls } from './calls/updates.ts'
import { act, demo, devicePosition, laneId, none, read, who } from './rows.ts'
import type { ActAnswer, OpenAnswer, SettleAnswer } from './rows.ts'
import type { MeasureView } from './measure-views.ts'
import { photoIdShape } from '../core/values/photo.ts'
import type { PackedView, TakenBackView } from './transfer-views.ts'
import type {
  BoardView,
  EventView,
  QueueRecordView,
  QueueStatusView,
  StatusView,
  TimelineView,
} from './views.ts'
import type { DeviceDiffView, DeviceSettingsView, SettingsBackupView } from './settings-views.ts'

export type { LedgerFilter, LedgerQuery } from './calls/ledger.ts'
export type { SheetColumn, SheetFormat } from '../ports/ledger-sheet.ts'
export { mayDo, roles } from '../core/values/roles.ts'
export type { Role } from '../core/values/roles.ts'
export type { ActAnswer, OpenAnswer, SettleAnswer, Who } from './rows.ts'

export const apiVersion = 1

/** A folder or file of this machine. */
const path = z.string().min(1).max(400)

/** Wanted values by setting id; the settings table of the device decides what is allowed. */
const settings = z
  .record(z.string().regex(/^[a-zA-Z][a-zA-Z0-9]{0,39}$/), z.number())
  .refine(
    (given) => Object.keys(given).length <= 100,
    rule('最多 100 项设置', 'at most 100 settings'),
  )
const rows = {
  'status.get': read('everyone', none, reply<StatusView>(), { rest: 'lanes' }),
  'board.get': read('everyone', none, reply<BoardView>(), { rest: 'lanes' }),
  'lane.open': act('attendant', () => z.strictObject({ laneId, ...who }), reply<OpenAnswer>(), {
    words: t('人工开闸', 'Barrier opened by hand'),
    guard: openGuard,
  }),
  'lane.arm': plainAct('installer', () => ({ laneId }), {
    words: t('启用道闸', 'Barrier put to use'),
    command: 'lane arm',
    form: {
      reasons: 'safety',
      title: t('启用道闸', 'Arm the barrier'),
      do: t('启用道闸', 'Arm the barrier'),
      says: [
        line(
          '接线已核对:抬杆、落杆、限位和线圈都与配置一致。启用本身不会动杆。',
          'The wiring has been checked: open, close, limits and loops match the configuration. Arming itself does not move the boom.',
        ),
      ],
    },
  }),
  'lane.settle': act(
    'till',
    () =>
      z.strictObject({
        laneId,
        orderId: z.string().max(40).optional(),
        means: z.enum(settleMeans),
        amountFen: z.int().min(0).max(100_000_000).optional(),
        /** Cash: the amount given by the driver; the answer has the change. */
        givenFen: z.int().min(0).max(100_000_000).optional(),
        ...who,
      }),
    reply<SettleAnswer>(),
    {
      words: t('人工收费', 'Settled by hand'),
      guard: settleGuard,
      command: 'lane settle',
      usual: { means: 'cash' },
    },
  ),
  /** Confirms a large amount: ETC continues. Order and amount are those that the person saw. */
  'lane.release': plainAct(
    'till',
    () => ({ laneId, orderId: z.string().max(40), amountFen: z.int().min(1).max(100_000_000) }),
    { words: t('大额放行', 'Large amount released'), guard: largeRelease, command: 'lane release' },
  ),
  /** A payment code of a driver, read by a scanner at this desk. */
  'lane.payCode': plainAct(
    'till',
    () => ({ laneId, orderId: z.string().max(40).optional(), code: z.string().min(1).max(100) }),
    { words: t('扫付款码', 'Payment code read') },
  ),
  'lane.correctPlate': plainAct(
    'attendant',
    () => ({
      laneId,
      plate: z.string().min(1).max(20),
      /** The candidate car chosen by the person. */
      stayId: z.string().min(1).max(40).optional(),
      /** The chosen car came in without a plate: it gets this one, and the act needs the PIN of a typed plate. */
      unreadStayId: z.string().min(1).max(40).optional(),
    }),
    { words: t('纠正车牌', 'Plate corrected'), guard: plateGuard },
  ),
  ...ledgerCalls,
  ...reservationCalls,
  ...centreCalls,
  ...receiptCalls,
  ...queueCalls,
  ...explainCalls,
  ...passingCalls,
  ...payCalls,
  ...backupCalls,
  ...listCalls,
  ...machineCalls,
  ...updateCalls,
  ...lotCalls,
  ...dayCalls,
  ...feedbackCalls,
  ...reportCalls,
  ...helpCalls,
  ...inboxCalls,
  ...searchCalls,
  'ledger.timeline': read(
    'desk',
    () => z.strictObject({ stayId: z.string().min(1).max(40) }),
    reply<TimelineView>(),
    { rest: 'folder', command: 'explain show' },
  ),
  'ledger.verify': read('books', none, reply<Record<string, unknown>>(), {
    rest: 'folder',
    long: true,
  }),
  'queue.status': read('everyone', none, reply<QueueStatusView>(), { rest: 'folder' }),
  'queue.list': read(
    'desk',
    () => z.strictObject({ limit: z.int().min(1).max(1000).optional() }),
    reply<{
      rows: readonly QueueRecordView[]
      /** For a role without the books: number of waiting records of other shifts. */
      others?: number
    }>(),
    { rest: 'folder' },
  ),
  /** `inFiles`: sends card-side records in sealed files, when the platform accepts them. */
  'queue.retryNow': act(
    'attendant',
    () => z.strictObject({ ...who, inFiles: z.boolean().optional() }),
    reply<ActAnswer>(),
    { words: t('立即重试', 'Retry now') },
  ),
  /** Exports unsent records to a USB stick, sealed to a certificate (its file) or to the recovery key. */
  'queue.export': act(
    'installer',
    () => z.strictObject({ to: path, recipient: path, ...who }),
    reply<ActAnswer & PackedView>(),
    { long: true, words: t('导出到 U 盘', 'Export to a stick') },
  ),
  /** Imports answers that were brought in a folder of this machine. */
  'queue.import': act(
    'attendant',
    () => z.strictObject({ from: path, ...who }),
    reply<ActAnswer & TakenBackView>(),
    { long: true, words: t('导入回执', 'Answers taken back') },
  ),
  'photo.get': read(
    'everyone',
    () => z.strictObject({ photoId: z.string().regex(/^[A-Za-z0-9_-]{1,80}$/) }),
    reply<{ jpegBase64: string | null }>(),
    { rest: 'folder' },
  ),
  'device.settings': read('gear', () => z.strictObject({ laneId }), reply<DeviceSettingsView>(), {
    rest: 'lanes',
  }),
  'device.diff': read(
    'gear',
    () => z.strictObject({ laneId, wanted: settings }),
    reply<DeviceDiffView>(),
    { rest: 'lanes' },
  ),
  'device.apply': plainAct(
    'installer',
    () => ({
      laneId,
      wanted: settings,
      trialSec: z.int().min(1).max(3600).optional(),
      evenUnlawful: z.boolean().optional(),
      photo: z.string().max(80).regex(photoIdShape).optional(),
      photoDraft: photoDraftId.optional(),
      place: devicePosition.optional(),
    }),
    { words: t('写入设备设置', 'Write device settings') },
  ),
  'device.takeBack': plainAct('installer', () => ({ laneId }), {
    words: t('恢复设备设置', 'Take settings back'),
  }),
  'device.backups': read(
    'gear',
    () => z.strictObject({ laneId }),
    reply<{ rows: readonly SettingsBackupView[] }>(),
    { rest: 'command' },
  ),
  /** A backup made by a person; those before writes are made automatically. */
  'device.backUp': plainAct('installer', () => ({ laneId, place: devicePosition.optional() }), {
    words: t('备份设备设置', 'Device settings copied'),
  }),
  'device.pinBackup': plainAct(
    'installer',
    () => ({ laneId, id: z.string().max(40), on: z.boolean() }),
    { words: t('保留备份', 'Pin a backup') },
  ),
  ...clockCalls,
  ...commandCalls,
  ...staysCalls,
  ...tuneCalls,
  ...passportCalls,
  ...firstCarCalls,
  ...consoleCalls,
  ...partnerCalls,
  ...sensorCalls,
  ...findCalls,
  ...seekCalls,
  ...profilesCalls,
  ...placeCalls,
  ...acceptanceCalls,
  ...papersCalls,
  ...supportCalls,
  ...surveyCalls,
  ...measureCalls,
  ...rehearsalCalls,
  ...rulesCalls,
  ...safetyCalls,
  ...boomCalls,
  ...setupCalls,
  ...tariffCalls,
  ...couponCalls,
  ...insideCalls,
  ...importCalls,
  ...memberCalls,
  ...pointsCalls,
  ...peopleCalls,
  ...photoCalls,
  'demo.sendCar': demo(
    () =>
      z.strictObject({
        laneId,
        kind: z.enum(['etc', 'noEtc', 'emptyCard']),
        /** Of a street: the car takes a space, or the one that stood longest leaves; absent: by its lane. */
        does: z.enum(['comes', 'leaves']).optional(),
      }),
    reply<{ plate: string }>(),
  ),
  'demo.network': demo(() => z.strictObject({ up: z.boolean() }), reply<{ up: boolean }>()),
  'demo.rsuSilent': demo(
    () => z.strictObject({ laneId, on: z.boolean() }),
    reply<{ on: boolean }>(),
  ),
  'demo.traffic': demo(() => z.strictObject({ on: z.boolean() }), reply<{ on: boolean }>()),
  'demo.powerCut': demo(none, reply<{ ok: true }>()),
  'demo.state': demo(none, reply<DemoState>()),
} as const

export const api = { ...rows, ...workCalls(rows) } as const
export type DocumentCall = DocumentsOf<typeof rows>

export type Wanted = Readonly<Record<string, number>>

export type { SettleMeans }
export type DemoCar = 'etc' | 'noEtc' | 'emptyCard'
export interface DemoState {
  readonly networkUp: boolean
  readonly rsuSilent: readonly string[]
  readonly traffic: boolean
  /** Its cars take spaces; else they drive through lanes. */
  readonly isStreet: boolean
}
export type ApiName = keyof typeof api
export type ArgsOf<N extends ApiName> = z.infer<(typeof api)[N]['args']>
export type AnswerOf<N extends ApiName> = NonNullable<(typeof api)[N]['answer']>

/** Streams: a snapshot, then updates numbered by `seq`; a gap shows as `dropped`. */
interface Streams {
  /** The whole board, at most ten times a second while something changes. */
  board: BoardView
  events: EventView
  /** Measurements for a survey, after each change, at most ten times a second. */
  measuring: MeasureView
}
export type StreamName = keyof Streams
export const streamNames = ['board', 'events', 'measuring'] as const satisfies readonly StreamName[]

export interface StreamItem<N extends StreamName = StreamName> {
  readonly stream: N
  readonly seq: number
  readonly dropped: number
  readonly data: Streams[N]
}
export type ApiReply<R> =
  | { readonly ok: true; readonly data: R }
  | { readonly ok: false; readonly error: ApiError }

/** The window's only access to the machine: typed names. */
export interface LaneClient {
  call<N extends ApiName>(name: N, args: ArgsOf<N>): Promise<ApiReply<AnswerOf<N>>>
  /** Resumes after `sinceSeq`; the returned function ends it. */
  subscribe<N extends StreamName>(
    stream: N,
    sinceSeq: number,
    take: (item: StreamItem<N>) => void,
  ): () => void
}
