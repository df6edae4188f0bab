// The lot at work: its ledger, with lanes and queue on it. What happens after every turn is decided here.
// Turns of the lanes are lane-turns.ts, uploads are lot-uploads.ts, rows and state are lot-ledger.ts.
import { refusedNote, type RefusedCertificate } from '../../core/etc/credentials.ts'
import { restartRows } from '../../core/etc/late-charge.ts'
import { otherPlatformRows } from '../../core/queue/other-platform.ts'
import { pageOf } from '../../core/lane/driver-text.ts'
import type { LaneEvent } from '../../core/lane/lane.ts'
import { claim, type ClaimAnswer } from '../../core/lot/claim.ts'
import type { ClockDoubt } from '../../core/lot/clock-watch.ts'
import { areaOf } from '../../core/lot/config.ts'
import { batchesTo } from '../../core/lot/destinations.ts'
import { dueReports } from '../../core/lot/exception-reports.ts'
import { firstCarRefunds } from '../../core/lot/first-car.ts'
import { layoutOf } from '../../core/lane/layouts/index.ts'
import type { Tariff } from '../../core/billing/tariff.ts'
import { stopRow } from '../../core/values/rows/stop-row.ts'
import type { Stay } from '../../core/lot/lot-state.ts'
import type { AnswerMeta, QueueVerdict } from '../../core/queue/queue.ts'
import { LaneFault, type FaultCode } from '../../core/faults/faults.ts'
import { isoOf, type InstantMs } from '../../core/values/instant.ts'
import type { LedgerRow, RowBodies, RowDraft } from '../../core/values/rows/ledger-row.ts'
import type { FoundFold } from '../../ports/fold-cache.ts'
import type { SecurityEvent } from '../../ports/verdict.ts'
import { isOpenLot, OpenSpaces } from '../open/open-spaces.ts'
import { LotPayments } from './lot-payments.ts'
import { BatchRows } from './batch-rows.ts'
import { BarrierArming } from './barrier-arming.ts'
import { dueCheckpoint } from './checkpoint-writer.ts'
import { newLaneHost, type LaneHost } from './lane-host.ts'
import { LaneTurns } from './lane-turns.ts'
import { LotLedger, type JoinedRows } from './lot-ledger.ts'
import { LotClock } from './lot-clock.ts'
import type { LotParts } from './lot-parts.ts'
import { LotUploads } from './lot-uploads.ts'
import { RecordRows } from './record-rows.ts'
import { reportOutboxRow } from './outbox-rows.ts'
import { devicesOf, ReusedLanes } from './reused-lanes.ts'
import { startUploadRows } from './start-uploads.ts'
import { PendingRows } from './pending-rows.ts'
import { TurnRecords } from './turn-records.ts'

export class LotRuntime extends LotLedger {
  readonly lanes = new Map<string, LaneHost>()
  /** What each turn was made of, for whoever explains a car. */
  readonly turnRecords = new TurnRecords()
  readonly arming: BarrierArming
  /** Called after every turn: what a board shows may have changed. */
  readonly onChange = new Set<() => void>()
  /** Called behind the turn of each event of a lane. */
  readonly onLaneEvent = new Set<(laneId: string, event: LaneEvent) => void>()
  /** Null where the lot has no gateway. */
  readonly payments: LotPayments | null
  /** Null in an enclosed lot. */
  readonly openSpaces: OpenSpaces | null
  private readonly uploads: LotUploads
  private readonly turns: LaneTurns
  private readonly pending: PendingRows
  private readonly clock: LotClock
  private readonly reused: ReusedLanes
  private readonly records: RecordRows
  private readonly batches: BatchRows
  private stopped = false
  private begun = false

  constructor(parts: LotParts, kept?: FoundFold) {
    super(parts, kept)
    const dispatch = (laneId: string, event: LaneEvent): void => this.dispatch(laneId, event)
    const afterwards = (): void => this.afterTurns()
    const { lanes } = this
    this.records = new RecordRows(parts.config, {
      lot: this.lot,
      queue: this.queue,
      maker: () => this.outboxMaker(),
      outboxAt: (seq) => this.outboxAt(seq),
    })
    this.batches = new BatchRows({
      ledger: this,
      mono: parts.mono,
      isClockSure: () => this.clockDoubt === null,
      written: afterwards,
    })
    this.uploads = new LotUploads({
      ledger: this,
      parts,
      lanes,
      dispatch,
      afterwards,
      fileFailed: (why) => this.trace('', null, 'fault', `TRANSFER-07 ${why}`),
    })
    this.pending = new PendingRows(this, parts.mono, {
      inLanes: () => this.staysInLanes(),
      tried: () => this.afterTurns(),
    })
    this.clock = new LotClock(parts.business, this.lot)
    const { uploads, pending, clock } = this
    const own = { ledger: this, parts, lanes, uploads, pending, clock, dispatch }
    this.openSpaces = isOpenLot(parts.config) ? this.spacesOf(parts) : null
    const spaces = (): OpenSpaces | null => this.openSpaces
    this.turns = new LaneTurns({ ...own, records: this.turnRecords, spaces })
    for (const lane of parts.config.lanes)
      lanes.set(lane.id, newLaneHost(lane, layoutOf(lane), devicesOf(parts, lane), parts.mono))
    this.reused = new ReusedLanes({ lanes, lot: this.lot, nowMs: () => this.nowMs(), dispatch })
    this.arming = new BarrierArming(this, parts)
    const { gateway } = parts
    this.payments =
      gateway === undefined
        ? null
        : new LotPayments({ ...parts, ledger: this, gateway, lanes, dispatch, afterwards })
  }

  private spacesOf({ config, mono, ledger }: LotParts): OpenSpaces {
    const { seq } = ledger.head
    const [last] = seq === 0 ? [] : ledger.rows(seq - 1)
    return new OpenSpaces({
      config,
      mono,
      lot: this.lot,
      ranUntilMs: last?.atMs ?? null,
      tariff: () => this.tariff,
      nowMs: () => this.nowMs(),
      isClockSure: () => this.clockDoubt === null,
      mint: (letter) => this.mint(letter),
      carryOut: (rows) => this.carryOut(this.frozen(rows)),
      platformUp: () => this.platformUp,
      dispatch: (laneId, event) => this.dispatch(laneId, event),
    })
  }

  /** Writes what a restart means (CP2 to CP4), then lets the queue go on. */
  start(): void {
    const { config, version, repair, before, accounts = {} } = this.parts
    const nowMs = this.nowMs()
    // Only rows of a start and behind it set this.
    const isFirst = this.lot.checkpoint.lastAtMs === null
    const earlier = isFirst ? (before?.rows(nowMs) ?? []) : []
    const boot: RowDraft = {
      kind: 'boot',
      atMs: nowMs,
      body: {
        repair,
        version,
        mode: config.mode,
        lotId: config.lotId,
        chargeMode: config.chargeMode,
        ...this.batchesTo(),
        ...(Object.keys(accounts).length === 0 ? {} : { accounts }),
      },
    }
    const held = otherPlatformRows(this.queue, this.lot, accounts, nowMs)
    const rows = restartRows(this.lot, nowMs, (id) => this.queue.byDeduction.has(id))
    // Before the first row: a clock that was set back must not look level with what it writes itself.
    const clock = this.clock.take({ type: 'read' }).rows
    this.append([...earlier, boot, ...held, ...clock, ...rows, ...this.arming.firstRows()])
    this.begun = true
    before?.written()
    if (clock.length > 0) this.clockTurned(clock)
    const { ledger } = this.parts
    const pending = startUploadRows(this.lot, ledger, this.outboxMaker(), nowMs)
    if (pending.length > 0) this.append(pending)
    for (const laneId of this.arming.disarmChanged())
      this.trace(laneId, null, 'fault', 'barrierDisarmed')
    // A board still shows what an earlier life wrote on it.
    for (const { devices, state } of this.lanes.values())
      devices.display?.send({ do: 'show', page: pageOf(state.shown) })
    this.payments?.start()
    this.batches.start()
    this.openSpaces?.start()
    this.afterTurns()
  }

  /** Nobody is named where nobody is told of hours. */
  private batchesTo(): Pick<RowBodies['boot'], 'batchesTo'> {
    const to = batchesTo(this.parts.config).filter((line) => {
      const [destination = ''] = line.split(' ')
      return this.dialectAt(destination).records !== null
    })
    return to.length === 0 ? {} : { batchesTo: to }
  }

  stop(): void {
    this.stopped = true
    this.batches.stop()
    this.pending.stop()
    this.uploads.stop()
    this.payments?.stop()
    this.openSpaces?.stop()
    for (const host of this.lanes.values()) host.timers.stop()
  }

  /** Behind `stop`: the lanes stopped because they were told to. A ledger that takes no row has no mark, as after a kill. */
  halted(): void {
    if (!this.begun) return
    try {
      super.append([stopRow(this.nowMs())])
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
    }
  }

  /** A disk that takes no row is asked again until it does: that it was full is a row then. */
  override append(drafts: readonly RowDraft[]): readonly LedgerRow[] {
    const before = this.fullSinceMs
    try {
      return super.append(drafts)
    } catch (error) {
      const since = this.fullSinceMs
      if (before === null && since !== null) {
        const body = { type: 'ledgerWasFull', detail: isoOf(since) }
        this.pending.note([{ kind: 'event', atMs: since, body }])
      }
      throw error
    }
  }

  /** For who looks after the machine. */
  notices(): readonly { readonly code: FaultCode; readonly note: string }[] {
    const since = this.fullSinceMs
    return since === null ? [] : [{ code: 'DATA-02', note: isoOf(since) }]
  }

  protected override joined(drafts: readonly RowDraft[]): JoinedRows | null {
    const paying = this.payments?.joined(drafts) ?? null
    const records = this.records.joined(drafts)
    if (records.length === 0) return paying
    return { rows: [...(paying?.rows ?? []), ...records], done: () => paying?.done() }
  }

  get platformUp(): boolean {
    return this.uploads.platformUp
  }

  /** No car is about: what no car may wait for can be done now. */
  get quiet(): boolean {
    return [...this.lanes.values()].every((lane) => lane.state.name === 'idle')
  }

  private staysInLanes(): ReadonlySet<string> {
    return new Set([...this.lanes.values()].flatMap(({ state }) => state.car?.stayId ?? []))
  }

  /** One event of a lane. Events that come while a turn runs wait their turn. */
  dispatch(laneId: string, event: LaneEvent): void {
    if (this.stopped) return
    if (!this.turns.busy) this.pending.settle()
    if (!this.turns.busy) this.clockHappened({ type: 'read' })
    for (const reusedEvent of this.reused.told(laneId, event))
      this.take(reusedEvent.laneId, reusedEvent.event)
    this.afterTurns()
  }

  private take(laneId: string, event: LaneEvent): void {
    this.turns.take(laneId, event)
    for (const seen of this.onLaneEvent) seen(laneId, event)
  }

  /** By which the lanes price now. */
  get tariff(): Tariff {
    return this.parts.tariff
  }

  /** What a claim of this car would answer now. */
  priced(laneId: string, { plate, colour }: Stay): ClaimAnswer {
    const { config, tariff } = this.parts
    return claim(this.lot, tariff, {
      lotId: config.lotId,
      nodeId: config.nodeId,
      laneId,
      plate: plate ?? '',
      plateRaw: plate ?? '',
      colour,
      confidence: null,
      photo: null,
      nowMs: this.nowMs(),
      matchRule: null,
      clock: this.clock.doubt,
      areaOf: (entryLaneId) => areaOf(config, entryLaneId),
    }).answer
  }

  /** Null while the clock may price. */
  /** Of the list that the lanes decide by. */
  get listAsOfMs(): InstantMs | null {
    return this.parts.statusList.asOfMs
  }

  get clockDoubt(): ClockDoubt | null {
    return this.clock.doubt
  }

  /** Compares the clock; called by timers, so that a doubt is told with no car about. */
  lookAtClock(): void {
    if (this.stopped || this.turns.busy) return
    if (this.clockHappened({ type: 'read' })) this.afterTurns()
  }

  /** A verified answer of the platform said what time it is: its time minus the clock. */
  trustedTime(offsetMs: number): void {
    if (this.stopped || this.turns.busy) return
    if (this.clockHappened({ type: 'trusted', offsetMs })) this.afterTurns()
  }

  /** An answer came under a certificate that is not within its time: told, and kept in the ledger. */
  certificateRefused(refused: RefusedCertificate): void {
    if (this.stopped) return
    const detail = refusedNote(refused)
    const body = { type: 'certificateRefused', detail }
    this.appendQuietly([{ kind: 'event', atMs: this.nowMs(), body }])
    this.trace('', null, 'fault', `CERT-02 ${detail}`)
  }

  /** An answer came that the platform did not give, or not to this question (R06): told, and kept in the ledger. */
  answerDoubted(event: SecurityEvent, why: string): void {
    if (this.stopped) return
    const detail = `${event} ${why}`
    this.appendQuietly([
      { kind: 'event', atMs: this.nowMs(), body: { type: 'answerDoubted', detail } },
    ])
    this.trace('', null, 'fault', `CERT-08 ${why}`)
  }

  /** A person has checked the clock; `audit` is made durable first. */
  confirmClock(audit: RowDraft): void {
    this.append([audit])
    this.clockHappened({ type: 'confirmed' })
    this.afterTurns()
  }

  /** True when a doubt began or ended. */
  private clockHappened(happened: Parameters<LotClock['take']>[0]): boolean {
    const { rows, sure } = this.clock.take(happened)
    if (rows.length === 0) return false
    if (this.appendQuietly(rows)) this.clockTurned(rows)
    if (sure) for (const laneId of this.lanes.keys()) this.turns.take(laneId, { type: 'clockSure' })
    return true
  }

  private clockTurned(rows: readonly RowDraft[]): void {
    for (const row of rows)
      if (row.kind === 'event') this.trace('', null, 'fault', `${row.body.type} ${row.body.detail}`)
    this.clock.written()
  }

  /** Rows of a person's act; what they ask of the platform goes out now. */
  carryOut(rows: readonly RowDraft[]): void {
    this.append(rows)
    this.afterTurns()
  }

  /** Sends what waits for a time again now. */
  retryNow(): void {
    this.uploads.retryNow()
  }

  /** Whether the platform takes records in files. */
  get sendsFiles(): boolean {
    return this.uploads.sendsFiles
  }

  /** The backlog of card-side records goes in sealed files, now; what they do not settle goes alone. */
  sendInFiles(): void {
    if (!this.stopped) this.uploads.sendInFiles()
  }

  /** The end of an unsent record, proven by an answer that was carried here. */
  cameBack(outboxId: string, verdict: QueueVerdict, meta: AnswerMeta): void {
    if (!this.stopped) this.uploads.cameBack(outboxId, verdict, meta)
  }

  /** After every turn: who watches is told, a checkpoint may be due, and the queue may go on. */
  private afterTurns(): void {
    if (this.turns.busy || this.stopped) return
    for (
      let reusedEvents = this.reused.look();
      reusedEvents.length > 0;
      reusedEvents = this.reused.look()
    )
      for (const { laneId, event } of reusedEvents) this.take(laneId, event)
    this.payments?.sync()
    this.openSpaces?.sweep()
    for (const changed of this.onChange) changed()
    this.signCheckpoint()
    this.giveFirstCarsBack()
    this.reportExceptions()
    this.uploads.pump()
  }

  /** The fen of a first car goes back as soon as the platform has it; a restart finds what is due. */
  private giveFirstCarsBack(): void {
    if (this.lot.firstCars.size === 0) return
    const { rows } = this.took(firstCarRefunds(this.lot.firstCars, this.lateEnv()))
    if (rows.length > 0) this.appendQuietly(this.frozen(rows))
  }

  /** An exception is uploaded when its car's end is known; a full disk or a restart only delays it. */
  private reportExceptions(): void {
    const due = dueReports(this.lot.reports, (laneId) => {
      const lane = this.lanes.get(laneId)
      return lane !== undefined && lane.state.car !== null
    })
    const maker = this.outboxMaker()
    if (due.length === 0 || !maker.hasDestination) return
    this.appendQuietly(due.map((report) => reportOutboxRow(maker, report, this.nowMs())))
  }

  private signCheckpoint(): void {
    const { signer, ledger } = this.parts
    if (signer === undefined) return
    const { head, nodeId } = ledger
    const now = { head, atMs: this.nowMs(), quiet: this.quiet, nodeId }
    const row = dueCheckpoint(this.lot.checkpoint, now, ledger, signer)
    if (row !== null) this.appendQuietly([row])
  }
}
