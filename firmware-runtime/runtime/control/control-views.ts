// The read answers of the control API: status, board, queue, timeline. Built from the runtime's state at once; whatever
// reads the disk goes to the worker.
import { filterOf, mustBeShort } from '#ledger/desk/handlers/ledger-filter.ts'
import { carsInside } from '#lane/pure/lot/entry-room.ts'
import { spacesNow } from '#money/desk/partners/partner-spaces.ts'
import { actWords } from '../api/act-words.ts'
import type { ClockKeptView } from '#lane/calls/clock-views.ts'
import type { AnswerOf, ArgsOf } from '../api/table.ts'
import { apiVersion } from '#base/calls/rows.ts'
import type {
  BoardView,
  LaneSeen,
  LaneView,
  MachineNtp,
  StatusView,
  TimelineView,
  UpkeepView,
} from '#lane/calls/views.ts'
import { debitEnd } from '#lane/pure/etc/debit-end.ts'
import { joinedPlatform, type LaneDirection, type LotConfig } from '#base/pure/lot/config.ts'
import { storyOf } from '#lane/pure/explain/story.ts'
import type { TurnRecord } from '#lane/pure/explain/turn.ts'
import { whyOf } from '#lane/pure/explain/why.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { dayStartMs, instantOfIso, isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { LedgerRow, ProgramFacts } from '#base/pure/rows/ledger-row.ts'
import type { LedgerHead } from '#ledger/ports/ledger.ts'
import type { LedgerService } from '#ledger/ports/ledger-service.ts'
import type { PassageService, PassageTrace } from '#base/ports/passage-traces.ts'
import type { BoomParts } from '#devices/desk/handlers/control-booms.ts'
import {
  boardOf,
  BoardTracker,
  clockDoubt,
  laneView,
  queueStatus,
  recordView,
} from '#base/desk/handlers/board.ts'
import type { ListParts } from '#ledger/desk/handlers/control-list.ts'
import { StreetDay } from '#money/desk/handlers/street-day.ts'
import { unreadInside } from '#lane/pure/lot/find-stay.ts'
import { laneNames } from '#lane/pure/lot/lane-names.ts'
import { evidenceDevices } from '#lane/pure/open/evidence-devices.ts'
import { evidenceOf } from '#lane/pure/open/stay-evidence.ts'
import { streetSpacesOf } from '#base/pure/lot/streets.ts'
import type { LaneHost } from '#lane/lot/lane-host.ts'
import type { FrameLog } from '#devices/desk/hosts/frame-log.ts'
import type { DeviceOf } from '#devices/desk/handlers/control-devices.ts'
import type { ReservationControl } from '#lane/desk/handlers/control-reservation.ts'
import type { RehearsalCut } from '#base/pure/lot/rehearsal.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'
import type { RehearsalRunner } from '#lane/lot/rehearsal-runner.ts'
import {
  networkState,
  notJoined,
  platformState,
  type PlatformSeen,
} from '#lane/lot/upkeep/platform-watch.ts'
import { daysOf, passageTraces } from '#lane/lot/passage-traces.ts'

export interface ViewParts {
  readonly device: DeviceOf
  readonly config: LotConfig
  readonly runtime: LotRuntime
  readonly service: LedgerService
  readonly frames: FrameLog
  /** Booms that tests left up. */
  readonly booms?: Pick<BoomParts, 'raised'>
  /** Events and frames of earlier processes. */
  readonly traces: PassageService
  seenOf(laneId: string): LaneSeen
  /** Results of the calls to the platform; null: the lot has no platform. */
  platformSeen(): PlatformSeen | null
  /** Platform clock minus ours, ms, at its last verified answer. */
  clockOffsetMs(): number | null
  /** Null until the machine has answered, and when it is not queried. */
  machineNtp(): MachineNtp | null
  clockKept(): ClockKeptView | null
  /** Absent: the lot has no folder. */
  readonly list?: ListParts
  head(): LedgerHead
  /** Reads a stored photo; null when no photo has that id. */
  photo(photoId: string): Promise<Uint8Array | null>
  /** False only while a demo has cut its network. */
  networkUp(): boolean
  /** Absent: nothing can be cut. */
  readonly rehearsals?: Pick<RehearsalRunner, 'cut'>
  /** Absent: no lot is running. */
  readonly reservation?: Pick<ReservationControl, 'service'>
  /** Whether this runtime started simulators and can send cars. */
  readonly hasControls: boolean
  /** Null until the data folder was checked. */
  upkeep(): UpkeepView | null
  readonly repair: string
  readonly version: string
  /** Absent in tests. */
  readonly program?: ProgramFacts
}

const queueListMax = 200
const sheetMimes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

function cutNow(now: RehearsalRunner['cut']): Pick<StatusView, 'cut'> {
  if (now === null) return {}
  const { cut, laneId, endsAtMs } = now
  return { cut: { cut, laneId, endsAtIso: isoOf(endsAtMs) } }
}

export class ControlViews {
  readonly tracker = new BoardTracker()
  private readonly parts: ViewParts
  private readonly unlisten: () => void
  private readonly streetDay: StreetDay

  constructor(parts: ViewParts) {
    this.parts = parts
    this.streetDay = new StreetDay(parts, this.tracker)
    const { runtime } = parts
    this.unlisten = runtime.events.listen((event) =>
      this.tracker.take(event, runtime.lanes.get(event.laneId)),
    )
  }

  /** Reads the day so far, so that the board is not empty after a restart. */
  async startDay(): Promise<void> {
    const nowMs = this.parts.runtime.nowMs()
    this.tracker.seed(await this.parts.service.day(dayStartMs(nowMs)), isoOf(nowMs))
  }

  close(): void {
    this.unlisten()
  }

  status(): StatusView {
    const { config, runtime, repair, version, program } = this.parts
    const nowMs = runtime.nowMs()
    const head = this.parts.head()
    this.streetDay.look(head.seq, nowMs)
    const seen = this.parts.platformSeen()
    const ntp = this.parts.machineNtp()
    const kept = this.parts.clockKept()
    const cut = this.parts.rehearsals?.cut ?? null
    // A cut connection counts as not reached, whatever its last answer was.
    const isReached = (...by: readonly RehearsalCut[]): boolean =>
      runtime.platformUp && (cut === null || !by.includes(cut.cut))
    const platform = {
      state:
        seen === null ? notJoined(config) : platformState(isReached('platform', 'network'), seen),
      url: joinedPlatform(config)?.url ?? '',
      answeredMsAgo: seen?.answeredMsAgo ?? null,
    }
    const { signInUntilMs } = runtime.lot
    const list = this.parts.list?.view()
    return {
      apiVersion,
      mode: config.mode,
      ...(config.mode === 'demo' && !this.parts.hasControls ? { rehearsal: true } : {}),
      lotId: config.lotId,
      lotName: config.name,
      chargeMode: config.chargeMode,
      offline: config.offline,
      inside: carsInside(runtime.lot),
      capacity: config.capacity,
      free: spacesNow(runtime, config).free,
      clock: {
        businessIso: isoOf(nowMs),
        platformOffsetMs: this.parts.clockOffsetMs(),
        ...(seen === null || seen.answeredMsAgo === null
          ? {}
          : { offsetMsAgo: seen.answeredMsAgo }),
        ...(ntp === null ? {} : { ntp }),
        ...(kept === null ? {} : { kept }),
        ...clockDoubt(runtime.clockDoubt),
      },
      platform,
      network:
        seen === null ? 'off' : networkState(this.parts.networkUp() && isReached('network'), seen),
      queue: queueStatus(runtime, nowMs),
      ...cutNow(cut),
      ...this.reservation(),
      signInUntilIso: signInUntilMs === null ? null : isoOf(signInUntilMs),
      ...(list === undefined ? {} : { statusList: list }),
      trial: this.trial(),
      today: this.tracker.today(isoOf(nowMs)),
      ledger: { headSeq: head.seq, headHash: head.hash, repair },
      version,
      ...program,
      upkeep: this.parts.upkeep(),
      ...this.spaces(),
      ...this.partners(),
    }
  }

  private spaces(): Pick<StatusView, 'spaces'> {
    const { spaces = [], streets } = this.parts.config
    const count =
      streetSpacesOf({ streets }).length ||
      spaces.reduce((sum, one) => sum + Object.keys(one.spaces).length, 0)
    return count === 0 ? {} : { spaces: count }
  }

  private partners(): Pick<StatusView, 'partners'> {
    const ids = new Set(this.parts.config.lanes.flatMap(({ ordersFrom }) => ordersFrom ?? []))
    return ids.size === 0 ? {} : { partners: ids.size }
  }

  private reservation(): Pick<StatusView, 'reservation'> {
    const { config, reservation } = this.parts
    if (config.reservation === undefined) return {}
    return { reservation: reservation?.service?.sender.state ?? 'fault' }
  }

  private trial(): StatusView['trial'] {
    for (const laneId of this.parts.runtime.lanes.keys()) {
      const settingsStore = this.parts.device(laneId)?.settingsStore
      const trial = settingsStore?.state.trial ?? null
      if (settingsStore !== undefined && trial !== null)
        return { laneId, by: trial.by, leftMs: settingsStore.leftMs }
    }
    return null
  }

  board(): BoardView {
    const { runtime } = this.parts
    const nowMs = runtime.nowMs()
    const { chargeMode, offline } = this.parts.config
    const platformMissing =
      chargeMode === 'online' && offline !== 'settle-later' && !runtime.platformUp
    const lanes = [...runtime.lanes.values()].map((host) => {
      const code = runtime.payments?.shownCode(host) ?? null
      const payCode = code === null ? undefined : { text: code.text, amountFen: code.amountFen }
      const payByCode = runtime.payments?.byCode(host) ?? undefined
      const own = this.parts.seenOf(host.config.id)
      const debitEnd = this.debitEndOf(host)
      const paySilentSinceMs = runtime.payments?.silentSinceMs(host) ?? null
      const isUnread = host.state.car?.manual === 'plateNotRead' && host.config.direction === 'exit'
      const unread = isUnread ? unreadInside(runtime.lot) : []
      const pay = { payCode, payByCode, paySilentSinceMs, debitEnd }
      const dueFenOf = (stayId: string) => runtime.dueFenOf(host.config.id, stayId)
      const seen = { ...own, platformMissing, ...pay, unread, dueFenOf }
      return laneView(host, this.tracker, seen, nowMs)
    })
    return boardOf(this.status(), lanes, this.tracker, this.parts.booms?.raised.list())
  }

  private debitEndOf({ config: { id }, devices }: LaneHost): LaneView['debitEnd'] {
    const { config, runtime } = this.parts
    const nowMs = runtime.nowMs()
    const { listAsOfMs } = runtime
    const psams = devices.rsu?.psams() ?? []
    const end = debitEnd(config, runtime.lot, { nowMs, laneId: id, psams, listAsOfMs })
    if (end === null) return undefined
    const then = runtime.payments === null ? 'person' : 'code'
    return { atIso: isoOf(end.atMs), isOver: end.atMs < nowMs, why: end.why, then }
  }

  queueStatus(): AnswerOf<'queue.status'> {
    const { runtime } = this.parts
    return queueStatus(runtime, runtime.nowMs())
  }

  /** `fromMs`: records of that shift alone; null: all. */
  queueList(
    { limit = queueListMax }: ArgsOf<'queue.list'>,
    fromMs: InstantMs | null = null,
  ): AnswerOf<'queue.list'> {
    const { records, aside } = this.parts.runtime.queue
    const all = [records, aside].flatMap((list) => [...list.values()])
    const own = fromMs === null ? all : all.filter(({ atMs }) => atMs >= fromMs)
    const rows = own.slice(0, limit).map(recordView)
    return fromMs === null ? { rows } : { rows, others: all.length - own.length }
  }

  async query(
    args: ArgsOf<'ledger.query'>,
    fromMs: InstantMs | null = null,
  ): Promise<AnswerOf<'ledger.query'>> {
    const filter = filterOf(args)
    const own = fromMs === null ? {} : { fromMs: Math.max(fromMs, filter.fromMs ?? fromMs) }
    const page = await this.parts.service.query(args.kind, { ...filter, ...own })
    const rows = page.rows.map((row) => ({ ...row }))
    return { rows, next: page.next, ...(fromMs === null ? {} : { sinceIso: isoOf(fromMs) }) }
  }

  async sheet(args: ArgsOf<'ledger.sheet'>): Promise<AnswerOf<'ledger.sheet'>> {
    const { format, name, columns, ...asked } = args
    const plan = {
      format,
      name,
      columns: columns.map(({ words = {}, ...column }) => ({ ...column, words })),
    }
    const { bytes, rows, cut } = await this.parts.service.sheet(asked.kind, filterOf(asked), plan)
    return { base64: Buffer.from(bytes).toString('base64'), mime: sheetMimes[format], rows, cut }
  }

  async sums(args: ArgsOf<'ledger.sums'>): Promise<AnswerOf<'ledger.sums'>> {
    const filter = filterOf(args)
    mustBeShort(filter)
    return this.parts.service.sums(filter)
  }

  async verify(): Promise<Record<string, unknown>> {
    return { ...(await this.parts.service.verify()) }
  }

  async timeline({ stayId }: ArgsOf<'ledger.timeline'>): Promise<TimelineView> {
    const { service, runtime, frames, config } = this.parts
    const rows = await service.timeline(stayId)
    const evidence = evidenceOf(rows, evidenceDevices(config))
    const kept = await this.kept(stayId, daysOf(rows))
    const live = {
      events: runtime.events.since(0).events.filter((e) => e.stayId === stayId),
      frames: frames.ofStay(stayId),
    }
    const traces = passageTraces(kept, live)
    const turns = turnsIn(kept)
    const timed = <T extends { readonly atIso: string; readonly laneId: string }>(one: T) => ({
      atMs: instantOfIso(one.atIso),
      laneId: one.laneId,
    })
    return {
      stayId,
      why: whyOf(rows, laneNames(config), actWords, evidence),
      story: storyOf({
        row: rows.map(({ atMs, laneId }) => ({ atMs, laneId: laneId ?? null })),
        event: traces.events.map(timed),
        frame: traces.frames.map(timed),
        turn: turns.map(timed),
      }),
      turns: turns.map(turnView),
      rows: rows.map(rowView),
      ...traces,
      photoId: photoOf(rows) ?? this.photoInLane(stayId, 'entry'),
      exitPhotoId: exitPhotoOf(rows) ?? this.photoInLane(stayId, 'exit'),
      ...(evidence === null ? {} : { evidence }),
    }
  }

  /** The recorded turns of its lanes. */
  async turnsOf(stayId: string, rows: readonly LedgerRow[]): Promise<readonly TurnRecord[]> {
    return turnsIn(await this.kept(stayId, daysOf(rows)))
  }

  /** A trace that cannot be read is left out: the rows say what happened. */
  private async kept(stayId: string, days: readonly string[]): Promise<readonly PassageTrace[]> {
    try {
      return await this.parts.traces.passage(stayId, days)
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      return []
    }
  }

  private photoInLane(stayId: string, direction: LaneDirection): string | null {
    for (const { state, config } of this.parts.runtime.lanes.values())
      if (state.car?.stayId === stayId && config.direction === direction) return state.car.photo
    return null
  }

  async photo({ photoId }: ArgsOf<'photo.get'>): Promise<AnswerOf<'photo.get'>> {
    const jpeg = await this.parts.photo(photoId)
    return { jpegBase64: jpeg === null ? null : Buffer.from(jpeg).toString('base64') }
  }
}

const turnsIn = (kept: readonly PassageTrace[]): readonly TurnRecord[] =>
  kept.flatMap(({ kind, value }) => (kind === 'turn' ? [value as TurnRecord] : []))

const turnView = (turn: TurnRecord): TimelineView['turns'][number] => ({
  atIso: turn.atIso,
  laneId: turn.laneId,
  event: turn.event.type,
  after: turn.after,
  asked: turn.asked.map(({ ask, answer }) => ({ ask, answer: answer ?? null })),
  did: [...new Set(turn.effects.map((effect) => effect.do))],
})

const rowView = (row: LedgerRow): TimelineView['rows'][number] => ({
  seq: row.seq,
  kind: row.kind,
  atIso: isoOf(row.atMs),
  laneId: row.laneId ?? null,
  amountFen: row.amountFen ?? null,
  body: { ...row.body },
})

function photoOf(rows: readonly LedgerRow[]): string | null {
  const seen = rows.flatMap(({ kind, body }) =>
    (kind === 'stayOpened' || kind === 'plateRead') && body.photo !== null ? [body] : [],
  )
  // What the person who typed the plate has photographed, as the lot has it for a second look.
  return (seen.find(({ said }) => said?.by === 'person') ?? seen[0])?.photo ?? null
}

/** The newest photo at the exit: a car that came back after paying is photographed again, without a further order. */
function exitPhotoOf(rows: readonly LedgerRow[]): string | null {
  // The order of a stay in a space names the photo of its arrival.
  const left = rows.find((row) => row.kind === 'spaceLeft')
  if (left !== undefined) return left.body.photo ?? null
  let found: string | null = null
  for (const row of rows)
    if (row.kind === 'stayClosed' || row.kind === 'orderMade') found = row.body.photo ?? found
  return found
}
