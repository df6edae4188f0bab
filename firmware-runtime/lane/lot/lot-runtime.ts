// The running lot: its ledger, with lanes and queue. This file decides what happens after every turn. The turns
// themselves are in lane-turns.ts, uploads in lot-uploads.ts, rows and state in lot-ledger.ts.
import { refusedNote, type RefusedCertificate } from '#base/pure/data/credentials.ts'
import { restartRows } from '../pure/etc/late-charge.ts'
import { otherPlatformRows } from '#ledger/pure/queue/other-platform.ts'
import { pageOf } from '#devices/pure/lane/driver-text.ts'
import type { LaneEvent } from '../pure/lane.ts'
import { claim, priceAt, type ClaimAnswer } from '../pure/lot/claim.ts'
import type { ClockDoubt } from '#ledger/pure/lot/clock-watch.ts'
import { areaOf } from '#base/pure/lot/config.ts'
import { batchesTo } from '#ledger/pure/lot/destinations.ts'
import { layoutOf } from '../pure/layouts/index.ts'
import type { Tariff } from '#money/pure/billing/tariff.ts'
import { stopRow } from '#base/pure/rows/stop-row.ts'
import type { Stay } from '#ledger/pure/lot/lot-state.ts'
import type { AnswerMeta, QueueVerdict } from '#ledger/pure/queue/queue.ts'
import { LaneFault, type FaultCode } from '#base/pure/faults/faults.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { ChannelPeer } from '#base/pure/data/peer-certificate.ts'
import { simulatedLinks } from '../pure/lot/simulated-links.ts'
import type { LedgerRow, RowBodies, RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { FoundFold } from '#ledger/ports/fold-cache.ts'
import type { Orders } from '#money/ports/orders.ts'
import type { SecurityEvent } from '#ledger/ports/verdict.ts'
import { isOpenLot, OpenSpaces } from '../open/open-spaces.ts'
import { PlateAsks } from '../open/plate-asks.ts'
import { reviewsOf } from '../pure/open/review.ts'
import { PartnerOrders } from './partner-orders.ts'
import { wholeTurn } from '#base/pure/faults/whole-turn.ts'
import { LotPayments } from './lot-payments.ts'
import { BatchRows } from './queue/batch-rows.ts'
import { BarrierArming } from './barrier-arming.ts'
import { writeDueRows } from './queue/due-rows.ts'
import { newLaneHost, type LaneHost } from './lane-host.ts'
import { LaneTurns } from './lane-turns.ts'
import { LotLedger, type JoinedRows } from './lot-ledger.ts'
import { LotClock } from './lot-clock.ts'
import type { LotParts } from './lot-parts.ts'
import { chargesUnderWay, type ChargeUnderWay } from './charges-under-way.ts'
import { LotUploads } from './queue/lot-uploads.ts'
import { RecordRows } from './queue/record-rows.ts'
import { devicesOf, ReusedLanes } from './files/reused-lanes.ts'
import { startUploadRows } from './queue/start-uploads.ts'
import { PeerRows } from './queue/peer-rows.ts'
import { PendingRows } from './queue/pending-rows.ts'
import { TurnRecords } from './turn-records.ts'

export class LotRuntime extends LotLedger {
  readonly lanes = new Map<string, LaneHost>()
  /** Inputs and effects of each turn, for the explanation of a car. */
  readonly turnRecords = new TurnRecords()
  readonly arming: BarrierArming
  /** Called after every turn: what a board shows may have changed. */
  readonly onChange = new Set<() => void>()
  /** Called after the turn of each lane event. */
  readonly onLaneEvent = new Set<(laneId: string, event: LaneEvent) => void>()
  /** Null: the lot has no gateway. */
  readonly payments: LotPayments | null
  /** Null in an enclosed lot. */
  readonly openSpaces: OpenSpaces | null
  private readonly plateAsks: PlateAsks | null
  /** Orders of other billing systems. */
  readonly partners: PartnerOrders
  /** The port of one of them; null: no lane takes its orders. */
  readonly ordersOf = (partnerId: string): Orders | null => this.partners.of(partnerId)
  private readonly uploads: LotUploads
  private readonly turns: LaneTurns
  private readonly pending: PendingRows
  private readonly clock: LotClock
  private readonly reused: ReusedLanes
  private readonly records: RecordRows
  private readonly batches: BatchRows
  private readonly peers: PeerRows
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
      isClockSure: () => this.endingMs() !== null,
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
    this.peers = new PeerRows({
      nowMs: () => this.nowMs(),
      write: (row) => {
        if (!this.appendQuietly([row])) this.pending.note([row])
      },
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
    this.partners = this.partnersOf(parts)
    const { gateway } = parts
    this.payments =
      gateway === undefined
        ? null
        : new LotPayments({
            ...parts,
            ledger: this,
            gateway,
            lanes,
            dispatch,
            afterwards,
            endingMs: () => this.endingMs(),
          })
    this.plateAsks = this.asksOf(parts)
  }

  private partnersOf({ config, mono }: LotParts): PartnerOrders {
    return new PartnerOrders({
      ledger: this,
      config,
      mono,
      lanes: this.lanes,
      dispatch: (laneId, event) => this.dispatch(laneId, event),
      carryOut: (rows) => this.carryOut(rows),
      platformUp: () => this.platformUp,
    })
  }

  private asksOf({ mono }: LotParts): PlateAsks | null {
    const { lot, payments, openSpaces } = this
    if (payments === null || openSpaces === null) return null
    return new PlateAsks({ lot, payments, mono, monoMs: () => this.monoMs() })
  }

  private spacesOf({ config, mono, ledger }: LotParts): OpenSpaces {
    const [last] = ledger.head.seq === 0 ? [] : ledger.rows(ledger.head.seq - 1)
    return new OpenSpaces({
      config,
      mono,
      lot: this.lot,
      ranUntilMs: last?.atMs ?? null,
      tariff: () => this.tariff,
      nowMs: () => this.nowMs(),
      isClockSure: () => this.endingMs() !== null,
      mint: (letter) => this.mint(letter),
      carryOut: (rows) => this.carryOut(this.frozen(rows)),
      platformUp: () => this.platformUp,
      isAntennaUp: (laneId) => this.lanes.get(laneId)?.state.rsuUp === true,
      dispatch: (laneId, event) => this.dispatch(laneId, event),
    })
  }

  /** Writes the rows that a restart needs (CP2 to CP4), then starts the queue. */
  start(): void {
    const { config, version, program, repair, before, accounts = {} } = this.parts
    const nowMs = this.nowMs()
    // Only a row written at or after a start sets this.
    const isFirst = this.lot.checkpoint.lastAtMs === null
    const earlier = isFirst ? (before?.rows(nowMs) ?? []) : []
    const boot: RowDraft = {
      kind: 'boot',
      atMs: nowMs,
      body: {
        repair,
        version,
        ...program,
        mode: config.mode,
        lotId: config.lotId,
        chargeMode: config.chargeMode,
        simulated: simulatedLinks(config),
        ...this.batchesTo(),
        ...(Object.keys(accounts).length === 0 ? {} : { accounts }),
      },
    }
    const held = otherPlatformRows(this.queue, this.lot, accounts, nowMs)
    const rows = restartRows(this.lot, nowMs, (id) => this.queue.byDeduction.has(id))
    // Taken before the first row is written: a clock that was set back must not be compared with the rows of this
    // start.
    const clock = this.clock.take({ type: 'read' }).rows
    this.append([...earlier, boot, ...held, ...clock, ...rows, ...this.arming.firstRows()])
    this.begun = true
    this.peers.begin()
    before?.written()
    if (clock.length > 0) this.clockTurned(clock)
    const { ledger } = this.parts
    const pending = startUploadRows(this.lot, ledger, this.outboxMaker(), nowMs)
    if (pending.length > 0) this.append(pending)
    for (const laneId of this.arming.disarmChanged())
      this.trace(laneId, null, 'fault', 'barrierDisarmed')
    // A board still shows the page from before the restart.
    for (const { devices, state } of this.lanes.values())
      devices.display?.send({ do: 'show', page: pageOf(state.shown) })
    this.payments?.start()
    this.plateAsks?.start()
    this.batches.start()
    this.openSpaces?.start()
    this.partners.sync()
    this.afterTurns()
  }

  /** Destinations that get hourly batches; absent: no destination gets them. */
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
    this.plateAsks?.stop()
    this.payments?.stop()
    this.openSpaces?.stop()
    this.partners.stop()
    for (const host of this.lanes.values()) host.timers.stop()
  }

  /**
   * Called after `stop`: writes that the lanes were stopped on purpose. Without a row, as when the ledger takes none,
   * the stop looks like a kill.
   */
  halted(): void {
    if (!this.begun) return
    try {
      super.append([stopRow(this.nowMs())])
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
    }
  }

  /** While the disk refuses rows, appending is retried until it succeeds; a row then records that the disk was full. */
  override append(drafts: readonly RowDraft[]): readonly LedgerRow[] {
    const before = this.fullSinceMs
    try {
      return super.append(drafts)
    } catch (error) {
      const since = this.fullSinceMs
      if (before === null && since !== null) {
        const body = { type: 'ledgerWasFull', detail: isoOf(since) } as const
        this.pending.note([{ kind: 'event', atMs: since, body }])
      }
      throw error
    }
  }

  /** Lasting faults of this machine, for the operator. */
  notices(): readonly { readonly code: FaultCode; readonly note: string }[] {
    const since = this.fullSinceMs
    return since === null ? [] : [{ code: 'DATA-02', note: isoOf(since) }]
  }

  protected override joined(drafts: readonly RowDraft[]): JoinedRows | null {
    const paying = this.payments?.joined(drafts) ?? null
    const reviews = this.openSpaces === null ? [] : reviewsOf(this.lot, drafts)
    const records = [...this.records.joined(drafts), ...reviews]
    if (records.length === 0) return paying
    return { rows: [...(paying?.rows ?? []), ...records], done: () => paying?.done() }
  }

  /** Its lanes take nothing any more. */
  get isStopped(): boolean {
    return this.stopped
  }

  get platformUp(): boolean {
    return this.uploads.platformUp
  }

  get chargesUnderWay(): readonly ChargeUnderWay[] {
    return chargesUnderWay(this.queue, this.lanes)
  }

  /** No car is in a lane: work for which no car may wait can be done now. */
  get quiet(): boolean {
    return [...this.lanes.values()].every((lane) => lane.state.name === 'idle')
  }

  private staysInLanes(): ReadonlySet<string> {
    return new Set([...this.lanes.values()].flatMap(({ state }) => state.car?.stayId ?? []))
  }

  /** Takes one event of a lane. Events that arrive during a turn are queued. */
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
    if (event.type === 'rsuUp') this.openSpaces?.antennaBack(laneId)
    for (const seen of this.onLaneEvent) seen(laneId, event)
  }

  /** The tariff by which the lanes price now. */
  get tariff(): Tariff {
    return this.parts.tariff
  }

  /** What a claim of this car would return now. */
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

  /** What this stay would owe at the lane now; null: nothing can be said. A car without a plate is not found by it. */
  dueFenOf(laneId: string, stayId: string): number | null {
    const stay = this.lot.stays.get(stayId)
    if (stay === undefined) return null
    if (stay.plate === null) {
      const { config, tariff } = this.parts
      const nowMs = this.nowMs()
      const colour = this.lanes.get(laneId)?.state.car?.colour ?? stay.colour
      const asked = { nowMs, colour, areaOf: (entryLaneId: string) => areaOf(config, entryLaneId) }
      return this.clock.doubt === null ? priceAt(this.lot, stay, tariff, asked) : null
    }
    const answer = this.priced(laneId, stay)
    return answer.kind === 'claimed' ? answer.order.dueFen : null
  }

  /** Time of the status list that the lanes use. */
  get listAsOfMs(): InstantMs | null {
    return this.parts.statusList.asOfMs
  }

  /** Null while the clock may price. */
  get clockDoubt(): ClockDoubt | null {
    return this.clock.doubt
  }

  /**
   * The one gate of everything that ends, expires or is reported by wall time: the time by which it may; null while the
   * clock is in doubt.
   */
  endingMs(): InstantMs | null {
    return this.clock.endingMs
  }

  /** Checks the clock; called by timers, so that a doubt is reported without a car as well. */
  lookAtClock(): void {
    if (this.stopped || this.turns.busy) return
    if (this.clockHappened({ type: 'read' })) this.afterTurns()
  }

  /** A verified answer of the platform contained its time; `offsetMs`: platform time minus our clock. */
  trustedTime(offsetMs: number): void {
    if (this.stopped || this.turns.busy) return
    if (this.clockHappened({ type: 'trusted', offsetMs })) this.afterTurns()
  }

  /** An answer was signed under a certificate outside its validity: reported, and recorded in the ledger. */
  certificateRefused(refused: RefusedCertificate): void {
    if (this.stopped) return
    const detail = refusedNote(refused)
    const body = { type: 'certificateRefused', detail } as const
    this.appendQuietly([{ kind: 'event', atMs: this.nowMs(), body }])
    this.trace('', null, 'fault', `CERT-02 ${detail}`)
  }

  /** An answer was not the platform's, or not to this query (R06): reported, and recorded in the ledger. */
  answerDoubted(event: SecurityEvent, why: string): void {
    if (this.stopped) return
    const detail = `${event} ${why}`
    this.appendQuietly([
      { kind: 'event', atMs: this.nowMs(), body: { type: 'answerDoubted', detail } },
    ])
    this.trace('', null, 'fault', `CERT-08 ${why}`)
  }

  /** A platform answers under this certificate: recorded in the ledger once since the start. */
  peerSeen(peer: ChannelPeer): void {
    if (!this.stopped) this.peers.seen(peer)
  }

  /** A person has checked the clock; `audit` is durable before the doubt ends. */
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

  /** Appends the rows of a person's act; uploads that they need start now. */
  carryOut(rows: readonly RowDraft[]): void {
    this.append(rows)
    this.afterTurns()
  }

  /** Sends delayed records again now. */
  retryNow(): void {
    this.uploads.retryNow()
  }

  /** Whether the platform accepts records in files. */
  get sendsFiles(): boolean {
    return this.uploads.sendsFiles
  }

  /** Sends the backlog of card-side records in sealed files now; records that a file does not settle are sent alone. */
  sendInFiles(): void {
    if (!this.stopped) this.uploads.sendInFiles()
  }

  /** Ends an unsent record by a proven answer that was brought back by hand. */
  cameBack(outboxId: string, verdict: QueueVerdict, meta: AnswerMeta): void {
    if (!this.stopped) this.uploads.cameBack(outboxId, verdict, meta)
  }

  /** After every turn and act: ends paid stays, notifies listeners, writes due rows, and lets the queue continue. */
  afterTurns(): void {
    if (!this.turns.busy && !this.stopped) wholeTurn(() => this.goOn())
  }

  private goOn(): void {
    for (
      let reusedEvents = this.reused.look();
      reusedEvents.length > 0;
      reusedEvents = this.reused.look()
    )
      for (const { laneId, event } of reusedEvents) this.take(laneId, event)
    this.payments?.sync()
    this.openSpaces?.sweep()
    this.partners.sync()
    for (const changed of this.onChange) changed()
    writeDueRows({ lot: this, parts: this.parts, lanes: this.lanes, quiet: this.quiet })
    this.uploads.pump()
  }
}
