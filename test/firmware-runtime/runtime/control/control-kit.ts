// A lot in memory for the tests of the control API: a ledger in a list, a clock that the test advances, and devices that
// record their commands.
import { guangxi } from '#ledger/pure/platforms/guangxi/dialect.ts'
import { standInCrypto } from '#base/crypto/stand-in.ts'
import { noStatusList } from '#ledger/pure/etc/status-list.ts'
import type { DemoControls } from '#runtime/control/control-demo.ts'
import { Control } from '#runtime/control/control.ts'
import type { ProfileService } from '#devices/desk/handlers/control-profiles.ts'
import type { KeepPhoto } from '#base/desk/handlers/photo-drafts.ts'
import type { ConsoleParts } from '#devices/desk/handlers/control-console.ts'
import { MemoryTariff } from './tariff-kit.ts'
import { deviceOff } from '#base/desk/handlers/board.ts'
import { settingsBench } from '../../devices/settings/settings-bench.ts'
import { FrameLog } from '#devices/desk/hosts/frame-log.ts'
import { LotRuntime } from '#lane/lot/lot-runtime.ts'
import { checkLot } from '#lane/lot/files/lot-file.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import type { LaneDevices } from '#lane/lot/lane-host.ts'
import type { BarrierCommand } from '#devices/pure/lane/barrier.ts'
import type { DisplayCommand } from '#devices/pure/lane/display.ts'
import { standardTimes } from '#lane/pure/lane.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isIn, type RowSpan } from '#money/pure/billing/row-span.ts'
import type { LedgerRow, RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { BusinessClock, MonoClock } from '#base/ports/clocks.ts'
import type { Ledger } from '#ledger/ports/ledger.ts'
import type { GivenBack, RefundByHand } from '#money/pure/pay/refund-by-hand.ts'
import { newsRows, type NewsAsked } from '#ledger/pure/lot/news-rows.ts'
import type { ExitWithoutEntry } from '#ledger/pure/lot/stays-to-check.ts'
import type { PassageService, PassageTrace } from '#base/ports/passage-traces.ts'
import { reportPart, type ReportRows } from '#money/pure/billing/report-part.ts'
import type { EtcOfDay, LedgerService, PartRequest, SaleRef } from '#ledger/ports/ledger-service.ts'
import { bareLot } from '../../../kit/bare-lot.ts'
import { cameIn } from '../../lane/pure/lot/row-kit.ts'

/** As the reader counts them, of stays without a space. */
function unpairedIn(
  list: readonly LedgerRow[],
  opened: readonly Extract<LedgerRow, { kind: 'stayOpened' }>[],
): ReportRows['unpaired'] {
  const of = (noEntry: boolean) => {
    const alone = opened.filter(({ stayId, body }) => {
      const isOver = list.some((row) => row.kind === 'stayClosed' && row.stayId === stayId)
      return body.noEntry === noEntry && isOver === noEntry && body.spaceId === undefined
    })
    const ids = new Set(alone.map(({ stayId }) => stayId))
    const paid = list.filter(({ kind, stayId }) => kind === 'payment' && ids.has(stayId))
    const amountFen = paid.reduce((fen, { amountFen: one = 0 }) => fen + one, 0)
    return { count: alone.length, amountFen }
  }
  return { entriesWithoutExit: of(false), exitsWithoutEntry: of(true) }
}

/** Selects the rows of a report from a list, as the reader does through its indexes. */
export function listedRows(list: readonly LedgerRow[], span: RowSpan): ReportRows {
  const of = (...kinds: readonly LedgerRow['kind'][]) =>
    list.filter(({ kind }) => kinds.includes(kind))
  const inSpan = (rows: readonly LedgerRow[]) => rows.filter((row) => isIn(span, row))
  const opened = inSpan(of('stayOpened')).filter((row) => row.kind === 'stayOpened')
  return {
    payments: inSpan(of('payment')),
    closes: inSpan(of('stayClosed')),
    settled: of('payment'),
    orders: of('orderMade'),
    refunds: of('refund', 'refundState', 'payment'),
    ends: inSpan(of('book')),
    pays: of('pay'),
    acts: [...of('exception', 'audit'), ...opened.filter(({ body }) => body.noEntry)],
    entered: opened.filter(({ body }) => !body.noEntry && body.imported !== true).length,
    unpaired: unpairedIn(list, opened),
  }
}

export const startMs = 1_795_156_200_000

/** Business time that is never set: it runs with the steady count. */
export const steadyClock = (nowMs: () => number): BusinessClock => ({ nowMs, steadyMs: nowMs })

export class HandClock implements MonoClock {
  us = 0
  private timers: { readonly atUs: number; readonly fn: () => void; live: boolean }[] = []

  nowUs(): number {
    return this.us
  }

  after(delayMs: number, fn: () => void): () => void {
    const timer = { atUs: this.us + delayMs * 1000, fn, live: true }
    this.timers.push(timer)
    return () => (timer.live = false)
  }

  /** Advances the clock and fires due timers in order. */
  advance(ms: number): void {
    const untilUs = this.us + ms * 1000
    for (;;) {
      const due = this.timers
        .filter((t) => t.live && t.atUs <= untilUs)
        .sort((a, b) => a.atUs - b.atUs)[0]
      if (due === undefined) break
      due.live = false
      this.us = Math.max(this.us, due.atUs)
      due.fn()
    }
    this.us = untilUs
  }
}

export class ListLedger implements Ledger {
  readonly nodeId = 'n1'
  readonly list: LedgerRow[]
  /** The fault that the next appends throw. */
  fault: LaneFault | null = null

  constructor(list: readonly LedgerRow[] = []) {
    this.list = [...list]
  }

  get head() {
    return { seq: this.list.length, hash: '0'.repeat(64) }
  }

  append(drafts: readonly RowDraft[]): readonly LedgerRow[] {
    if (this.fault !== null) throw this.fault
    const rows = drafts.map((draft, i) => ({
      ...draft,
      nodeId: this.nodeId,
      seq: this.list.length + i + 1,
      prevHash: '',
      hash: '',
    }))
    this.list.push(...rows)
    return rows
  }

  rows(afterSeq: number): Iterable<LedgerRow> {
    return this.list.slice(afterSeq)
  }

  rowsSm3(): string {
    return '0'.repeat(64)
  }

  close(): void {
    this.list.length = 0
  }
}

export class MemoryLedgerService implements LedgerService {
  readonly asked: unknown[] = []
  private readonly ledger: ListLedger

  constructor(ledger: ListLedger) {
    this.ledger = ledger
  }

  query(kind: string, filter: object) {
    this.asked.push({ kind, ...filter })
    return Promise.resolve({ rows: [], next: null })
  }

  sums(filter: object) {
    this.asked.push({ sums: true, ...filter })
    return Promise.resolve({ stays: 0, payments: [], refunds: [] })
  }

  sheet(kind: string, filter: object, plan: { readonly format: string }) {
    this.asked.push({ sheet: plan.format, kind, ...filter })
    return Promise.resolve({ bytes: new Uint8Array([1, 2, 3]), rows: 7, cut: false })
  }

  timeline(stayId: string) {
    return Promise.resolve(this.ledger.list.filter((row) => row.stayId === stayId))
  }

  verify() {
    return Promise.reject<never>(new LaneFault('LEDGER-05', { note: 'memory has no file' }))
  }

  invoiceRows() {
    return Promise.resolve([])
  }

  newsRows(asked: NewsAsked) {
    return Promise.resolve(newsRows(this.ledger.rows(asked.after), asked))
  }

  saleRows(ref: SaleRef) {
    const { list } = this.ledger
    const sales = list.flatMap(({ kind, body }) => {
      const isOne = kind === 'payment' && body.sold !== undefined
      const isIt = isOne && ('passNo' in ref ? body.sold : body.paymentId) === Object.values(ref)[0]
      return isIt ? [body.paymentId] : []
    })
    const backs = list.flatMap(({ kind, body }) =>
      kind === 'refund' && sales.includes(body.paymentId ?? '') ? [body.refundId] : [],
    )
    return Promise.resolve(
      list.filter(
        ({ kind, body }) =>
          (kind === 'payment' && sales.includes(body.paymentId)) ||
          ((kind === 'refund' || kind === 'refundState') && backs.includes(body.refundId)),
      ),
    )
  }

  exits: readonly ExitWithoutEntry[] = []
  refunds: readonly RefundByHand[] = []

  refundsByHand() {
    return Promise.resolve(this.refunds)
  }

  reportPart({ span, ...setting }: PartRequest) {
    return Promise.resolve(reportPart(listedRows(this.ledger.list, span), span, setting))
  }

  dayTally() {
    const { list } = this.ledger
    const givenOf = (rows: typeof list) =>
      rows.flatMap(({ kind, atMs, body }): GivenBack[] => {
        if (kind !== 'refundState' || body.state !== 'success') return []
        const refund = list.find((r) => r.kind === 'refund' && r.body.refundId === body.refundId)
        return [{ atMs, means: body.means ?? null, amountFen: refund?.amountFen ?? 0 }]
      })
    const counted = list.findLast(({ kind, body }) => kind === 'book' && body.row === 'counted')
    const body = counted?.body as { readonly uptoSeq?: number } | undefined
    const behind = list.filter(({ seq }) => seq > (body?.uptoSeq ?? counted?.seq ?? 0))
    const uptoSeq = list.at(-1)?.seq ?? 0
    const cash = behind.filter(({ kind, body }) => kind === 'payment' && body.means === 'cash')
    const takenFen = cash.reduce((sum, { amountFen = 0 }) => sum + amountFen, 0)
    const pulses: Record<string, number> = {}
    for (const { kind, body } of behind) {
      if (kind !== 'event' || body.type !== 'drawer') continue
      const { state } = JSON.parse(body.detail) as { readonly state: string }
      pulses[state] = (pulses[state] ?? 0) + 1
    }
    return Promise.resolve({
      beganMs: list[0]?.atMs ?? null,
      pays: list.filter(({ kind }) => kind === 'pay'),
      books: list.filter(({ kind }) => kind === 'book'),
      given: givenOf(list),
      sinceCount: { uptoSeq, takenFen, given: givenOf(behind), pulses },
    })
  }

  etc: readonly EtcOfDay[] = []

  etcOfDay() {
    return Promise.resolve(this.etc)
  }

  hoursOfDay() {
    return Promise.resolve([])
  }

  letGoRows() {
    return Promise.resolve(this.ledger.list)
  }

  exitsWithoutEntry(sinceMs: number) {
    return Promise.resolve(this.exits.filter((exit) => exit.leftAtMs >= sinceMs))
  }

  day() {
    const last = {
      atMs: startMs,
      laneId: 'exit',
      stayId: 's',
      plate: null,
      end: 'etc',
      photoId: null,
      amountFen: 5,
      takenFen: 5,
    }
    return Promise.resolve({ passages: 7, paidFen: 4200, last: [last] })
  }

  close() {
    return Promise.resolve()
  }
}

export const testLot = checkLot(
  bareLot({ barrier: new Map([['exit', 'tcp://127.0.0.1:1']]), capacity: 10 }),
  'lot.json',
)

/** A photo that was deleted by its age. */
export const deletedPhoto = 'p-deleted'

export function makeLot(
  rows: readonly LedgerRow[] = [],
  demo: DemoControls | null = null,
  /** Replaces the display that records its pages. */
  displayOn: ((clock: HandClock) => LaneDevices['display']) | null = null,
  /** Configuration of the exit's barrier. */
  wiring: string | null = null,
  /** Passage traces that an earlier run left on disk. */
  kept: readonly PassageTrace[] = [],
  frameConsole: ConsoleParts | null = null,
  profiles: ProfileService | null = null,
  keepPhoto: KeepPhoto | null = null,
  people: ConstructorParameters<typeof Control>[0]['people'] | null = null,
  config: LotConfig = testLot,
) {
  const clock = new HandClock()
  const ledger = new ListLedger(rows)
  const service = new MemoryLedgerService(ledger)
  const told: BarrierCommand[] = []
  const pages: DisplayCommand[] = []
  const fatal: LaneFault[] = []
  const noted = { send: (command: DisplayCommand): void => void pages.push(command) }
  const display = displayOn === null ? noted : displayOn(clock)
  const nowMs = (): number => startMs + Math.floor(clock.us / 1000)
  const business = { nowMs, steadyMs: nowMs }
  const tariff = new MemoryTariff(ledger, nowMs)
  const runtime = new LotRuntime({
    dialect: guangxi,
    config,
    get tariff() {
      return tariff.current
    },
    ledger,
    crypto: standInCrypto,
    business,
    mono: clock,
    uploader: null,
    devicesOf: (laneId) => ({
      rsu: null,
      barrier: laneId === 'exit' ? { send: (command) => told.push(command) } : null,
      display: laneId === 'exit' ? display : null,
    }),
    wiringOf: (laneId) => (laneId === 'exit' ? wiring : null),
    fatal: (fault) => fatal.push(fault),
    idle: () => undefined,
    statusList: noStatusList,
    version: 'test',
    repair: 'B',
    times: standardTimes,
  })
  const rsu = settingsBench(clock, business)
  const frames = new FrameLog()
  const traces: PassageService = {
    passage: (stayId) => Promise.resolve(kept.filter((trace) => trace.stayId === stayId)),
  }
  const control = new Control({
    config,
    runtime,
    mono: clock,
    service,
    frames,
    traces,
    seenOf: () => ({
      devices: { rsu: deviceOff, camera: deviceOff, barrier: deviceOff, display: deviceOff },
      display: null,
    }),
    platformSeen: () => null,
    clockOffsetMs: () => 12,
    machineNtp: () => 'notSynchronised',
    clockKept: () => null,
    head: () => ledger.head,
    photo: (photoId) => Promise.resolve(photoId === 'p1' ? Uint8Array.of(1, 2, 3) : null),
    upkeep: () => null,
    repair: 'B',
    version: 'test',
    demo,
    ...(frameConsole === null ? {} : { frameConsole }),
    ...(profiles === null ? {} : { profiles }),
    ...(keepPhoto === null ? {} : { keepPhoto }),
    isPhotoKept: (photoId) => photoId !== deletedPhoto,
    tariff: tariff.parts,
    ...(people === null ? {} : { people }),
    device: (laneId) =>
      laneId === 'exit' ? { link: 'tcp://127.0.0.1:1', settingsStore: rsu.settingsStore } : null,
    fatal: (fault) => fatal.push(fault),
  })
  runtime.start()
  const seen = { clock, ledger, service, told, pages, fatal, tariff }
  return Object.assign(seen, { runtime, control, rsu, frames, traces })
}

export type TestLot = ReturnType<typeof makeLot>

/** A car of a known stay stands at the exit and needs a person, as there is no RSU to charge it. */
export function carAtExit(
  lot: TestLot,
  plate = '测A12345',
  agoMs = 2 * 3_600_000,
  photo: string | null = null,
  read = plate,
): void {
  const atMs = lot.runtime.nowMs()
  lot.runtime.append([cameIn('n1-S900', atMs - agoMs, { atMs, plate, photo: 'p1' })])
  arriveAtExit(lot, read, photo)
}

export function arriveAtExit(
  { runtime }: TestLot,
  plate: string | null,
  photo: string | null = null,
): void {
  runtime.dispatch('exit', { type: 'loop', loop: 'arrive', state: 'on' })
  runtime.dispatch('exit', {
    type: 'plate',
    photo,
    read: {
      deviceId: 'cam',
      recordId: 'r1',
      deviceAtMs: null,
      plate,
      plateRaw: plate ?? '',
      plateState: plate === null ? 'unreadable' : 'read',
      colour: 'blue',
      confidence: 1,
      history: false,
      jpeg: null,
    },
  })
}

/** What the barrier does after an open: the board answers and the boom is seen open, only one of the two, or nothing. */
export type BoomDoes = 'opens' | 'answers' | 'refuses' | 'nothing'

/** Lets a call that waits for the barrier continue, and advances time with it. */
export async function withBoom<T>(lot: TestLot, does: BoomDoes, reply: Promise<T>): Promise<T> {
  await new Promise(setImmediate)
  const { runtime, clock } = lot
  const answer = { type: 'commandAnswered', command: 'open' } as const
  if (does !== 'nothing') runtime.dispatch('exit', { ...answer, ok: does !== 'refuses' })
  clock.advance(200)
  if (does === 'opens') runtime.dispatch('exit', { type: 'position', position: 'open' })
  clock.advance(12_000)
  return reply
}
