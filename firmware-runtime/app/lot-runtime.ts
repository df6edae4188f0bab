// The lot at work: joins lanes, ledger, claims and queue. One turn at a time, effects in order.
// Everything durable goes through `append`; state is only ever the fold of what was appended.
import { pageOf } from '../core/lane/driver-text.ts'
import { layoutOf } from '../core/lane/layouts/index.ts'
import { exposureFen } from '../core/etc/offline.ts'
import type { ChargeFacts } from '../core/etc/charge-facts.ts'
import { lateChargeRows, refundEndRow, restartRows, type LateEnv } from '../core/etc/late-charge.ts'
import type { StatusList } from '../core/etc/status-list.ts'
import type { Tariff } from '../core/billing/tariff.ts'
import { claim } from '../core/lot/claim.ts'
import type { LotConfig } from '../core/lot/config.ts'
import { emptyLot, foldRow, mintId, type LotState } from '../core/lot/lot.ts'
import { stepTable } from '../core/lane/steps.ts'
import type { LaneEffect, LaneEnv, LaneEvent, LaneTimes } from '../core/lane/lane.ts'
import { newCar } from '../core/lane/steps.ts'
import { answered } from '../core/queue/answer.ts'
import {
  emptyQueue,
  foldOutbox,
  isUp,
  kick,
  pump,
  retryAll,
  wakeAtMs,
  type QueueEffect,
  type QueueEnv,
  type QueueState,
} from '../core/queue/queue.ts'
import { LaneFault } from '../core/values/faults.ts'
import type { LedgerRow, RowDraft } from '../core/values/ledger-row.ts'
import { present } from '../core/values/must.ts'
import type { Cancel, MonoClock, WallClock } from '../ports/clocks.ts'
import type { Crypto, SigningKey } from '../ports/crypto.ts'
import type { Ledger } from '../ports/ledger.ts'
import { BarrierArming } from './barrier-arming.ts'
import { watchBoom } from './boom-watch.ts'
import { dueCheckpoint } from './checkpoint-keeper.ts'
import { EventLog } from './event-log.ts'
import { carOfPass, fateOf, goneEvent, type LoopEvent } from './left-over.ts'
import { newLaneHost, setTimer, type LaneDevices, type LaneHost } from './lane-host.ts'
import { laneEnv } from './lane-env.ts'
import {
  chargeOutboxRow,
  outboxRowAt,
  platformDestination,
  refundOutboxRow,
  type OutboxMaker,
} from './outbox-rows.ts'
import type { Uploader } from '../ports/uploader.ts'

export interface LotParts {
  readonly config: LotConfig
  readonly tariff: Tariff
  readonly ledger: Ledger
  readonly crypto: Crypto
  readonly business: WallClock
  readonly mono: MonoClock
  /** Null where the lot has no platform. */
  readonly uploader: Uploader | null
  devicesOf(laneId: string): LaneDevices
  /** What a barrier's wiring is, as one text; a change of it disarms the barrier. */
  wiringOf?(laneId: string): string | null
  /** The ledger failed with an unknown result: the process must end and start again (2.8). */
  fatal(fault: LaneFault): void
  /** True after the platform confirmed something: the head file may be written now. */
  idle(): void
  readonly statusList: StatusList
  readonly version: string
  readonly repair: string
  readonly times: LaneTimes
  /** Number of the last event of an earlier life; events go on counting from it. */
  readonly lastEventSeq?: number
  /** Signs checkpoints of the ledger; absent where the lot has no key of its own. */
  readonly signer?: SigningKey
}

/** 800 ms after B4 no C6 leaves any more (design.md section 2). */
const debitPatienceUs = 800_000

interface Turn {
  readonly laneId: string
  readonly event: LaneEvent
}

export class LotRuntime {
  readonly lot: LotState = emptyLot()
  readonly queue: QueueState = emptyQueue()
  readonly lanes = new Map<string, LaneHost>()
  readonly events: EventLog
  readonly arming: BarrierArming
  /** Called after every turn: what a board shows may have changed. */
  readonly onChange = new Set<() => void>()
  private readonly parts: LotParts
  private readonly turns: Turn[] = []
  /** Passes found at the start: only these are taken up again, each once. */
  private readonly leftOver = new Set<string>()
  private busy = false
  private wake: Cancel | null = null
  private stopped = false

  constructor(parts: LotParts) {
    this.parts = parts
    this.events = new EventLog(parts.lastEventSeq)
    const startMonoMs = this.monoMs()
    for (const row of parts.ledger.rows(0)) this.fold(row, startMonoMs)
    for (const pass of this.lot.passByLane.values()) this.leftOver.add(pass.passId)
    const layout = layoutOf(parts.config.layout)
    for (const lane of parts.config.lanes)
      this.lanes.set(lane.id, newLaneHost(lane, layout[lane.direction], parts.devicesOf(lane.id)))
    this.arming = new BarrierArming(this, parts)
  }

  /** Writes what a restart means (CP2 to CP4), then lets the queue go on. */
  start(): void {
    const { config, version, repair } = this.parts
    const nowMs = this.nowMs()
    const boot: RowDraft = {
      kind: 'boot',
      atMs: nowMs,
      body: { repair, version, mode: config.mode, chargeMode: config.chargeMode },
    }
    const rows = restartRows(this.lot, nowMs, (id) => this.queue.byDeduction.has(id))
    this.append([boot, ...rows, ...this.arming.firstRows()])
    for (const laneId of this.arming.disarmChanged())
      this.trace(laneId, null, 'fault', 'barrierDisarmed')
    // A board still shows what an earlier life wrote on it.
    for (const { devices, state } of this.lanes.values())
      devices.display?.send({ do: 'show', page: pageOf(state.shown) })
    this.afterTurns()
  }

  stop(): void {
    this.stopped = true
    this.wake?.()
    for (const host of this.lanes.values()) for (const cancel of host.timers.values()) cancel()
  }

  get platformUp(): boolean {
    return this.parts.uploader !== null && isUp(this.queue, platformDestination)
  }

  nowMs(): number {
    return this.parts.business.nowMs()
  }

  /** One event of a lane. Events that come while a turn runs wait their turn. */
  dispatch(laneId: string, event: LaneEvent): void {
    if (this.stopped) return
    this.turns.push({ laneId, event })
    if (this.busy) return
    this.busy = true
    try {
      for (let turn = this.turns.shift(); turn !== undefined; turn = this.turns.shift())
        this.take(turn)
    } finally {
      this.busy = false
    }
    this.afterTurns()
  }

  /** Appends rows of the app itself (sign-in, people's acts outside a lane). Throws on failure. */
  append(drafts: readonly RowDraft[]): readonly LedgerRow[] {
    const rows = this.parts.ledger.append(drafts)
    for (const row of rows) this.fold(row, null)
    return rows
  }

  /** Sends the record of a person's choice again now, ahead of its time. */
  retryNow(): void {
    retryAll(this.queue)
    this.afterTurns()
  }

  private fold(row: LedgerRow, startMonoMs: number | null): void {
    foldRow(this.lot, row)
    foldOutbox(this.queue, row, startMonoMs)
  }

  private monoMs(): number {
    return Math.floor(this.parts.mono.nowUs() / 1000)
  }

  private take({ laneId, event }: Turn): void {
    const host = present(this.lanes.get(laneId), `lane ${laneId} exists`)
    if (event.type === 'cardRead') host.cardReadAtUs = this.parts.mono.nowUs()
    if (event.type === 'loop') this.resumeAfterRestart(host, event)
    const env = this.env(host)
    const step = stepTable(host.table, host.state, event, env)
    if (host.state.car !== null && host.state.car.stayId !== step.state.car?.stayId)
      host.lastCar = host.state.car
    host.before = host.state
    host.state = step.state
    for (const effect of step.effects) if (!this.carryOut(host, effect)) break
    watchBoom(host, this.parts.mono, () => this.trace(laneId, null, 'fault', 'boomLeftOpen'))
  }

  /** A pass of the ledger whose car was not seen leaving before the restart (left-over.ts). */
  private resumeAfterRestart(host: LaneHost, event: LoopEvent): void {
    const pass = this.lot.passByLane.get(host.config.id)
    if (pass === undefined || !this.leftOver.has(pass.passId)) return
    const fate = fateOf(pass, host.state, event)
    if (fate === 'notKnown') return
    this.leftOver.delete(pass.passId)
    const stay = this.lot.stays.get(pass.stayId)
    if (stay === undefined || fate === 'readAgain') return
    const car = carOfPass(newCar(this.env(host)), stay, pass)
    const resume: LaneEvent = { type: 'resume', car, told: pass.told, here: fate === 'here' }
    const step = stepTable(host.table, host.state, resume, this.env(host))
    host.state = step.state
    for (const effect of step.effects) if (!this.carryOut(host, effect)) break
    if (fate === 'gone') this.turns.unshift({ laneId: host.config.id, event: goneEvent(pass) })
  }

  /** False when the rest of the effects must not be done. */
  private carryOut(host: LaneHost, effect: LaneEffect): boolean {
    const laneId = host.config.id
    switch (effect.do) {
      case 'timer':
        setTimer(host, this.parts.mono, effect, () =>
          this.dispatch(laneId, { type: 'timer', name: effect.name }),
        )
        return true
      case 'append':
        return this.appendFor(host, effect.rows, effect.mayFail === true)
      case 'claim':
        return this.claimFor(host, effect)
      case 'rsu':
        host.devices.rsu?.send(effect.command)
        return true
      case 'debit':
        return this.debit(host, effect.command)
      case 'lateCharge': {
        const rows = lateChargeRows(this.lot, effect.late, this.lateEnv())
        return rows.length === 0 || this.appendFor(host, rows, true)
      }
      case 'barrier':
        host.devices.barrier?.send(effect.command)
        return true
      case 'charge':
        this.runQueue(kick(this.queue, effect.deductionId))
        return true
      case 'show':
        // Nobody waits for a board: what it does with a page holds no car up.
        host.devices.display?.send({ do: 'show', page: pageOf(effect.text) })
        return true
      case 'trace':
        this.trace(laneId, effect.stayId, effect.type, effect.detail)
        return true
    }
  }

  trace(
    laneId: string,
    stayId: string | null,
    type: Parameters<EventLog['add']>[2]['type'],
    detail: string,
  ): void {
    this.events.add(this.nowMs(), this.parts.mono.nowUs(), { laneId, stayId, type, detail })
  }

  private appendFor(host: LaneHost, rows: readonly RowDraft[], mayFail: boolean): boolean {
    try {
      this.append(rows)
      return true
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      this.trace(host.config.id, null, 'fault', error.code)
      if (mayFail) return true
      if (error.code !== 'DATA-02') this.parts.fatal(error)
      // What was not written did not happen: the car is as it was, what devices said still holds.
      host.state = { ...host.state, name: host.before.name, car: host.before.car }
      this.turns.unshift({ laneId: host.config.id, event: { type: 'ledgerStopped' } })
      return false
    }
  }

  private claimFor(host: LaneHost, effect: Extract<LaneEffect, { do: 'claim' }>): boolean {
    const { config, tariff } = this.parts
    const claimed = claim(this.lot, tariff, {
      nodeId: config.nodeId,
      laneId: host.config.id,
      plate: effect.plate,
      colour: effect.colour,
      photo: effect.photo,
      nowMs: this.nowMs(),
      plateTolerance: config.plateTolerance,
    })
    if (claimed.rows.length > 0 && !this.appendFor(host, claimed.rows, false)) return false
    this.turns.unshift({
      laneId: host.config.id,
      event: { type: 'claimed', answer: claimed.answer },
    })
    return true
  }

  private debit(host: LaneHost, command: Extract<LaneEffect, { do: 'debit' }>['command']): boolean {
    const rsu = present(host.devices.rsu, 'a lane that debits has an RSU')
    const { deductionId, obuId } = command
    if (this.parts.mono.nowUs() - host.cardReadAtUs > debitPatienceUs) {
      rsu.send({ do: 'release', obuId })
      this.turns.unshift({ laneId: host.config.id, event: { type: 'debitTooLate', deductionId } })
      return false
    }
    rsu.send(command)
    return true
  }

  private runQueue(effects: readonly QueueEffect[]): void {
    for (const effect of effects) {
      if (effect.do === 'row') this.appendQuietly(this.withRefundEnd(effect.row))
      else if (effect.do === 'send') this.upload(effect)
      else this.charged(effect)
    }
  }

  private withRefundEnd(receipt: RowDraft): readonly RowDraft[] {
    if (receipt.kind !== 'outboxState') return [receipt]
    const end = refundEndRow(this.queue.records.get(receipt.body.outboxId), receipt)
    return end === null ? [receipt] : [receipt, end]
  }

  private appendQuietly(rows: readonly RowDraft[]): void {
    try {
      this.append(rows)
      for (const row of rows)
        if (row.kind === 'outboxState' && row.body.state === 'confirmed')
          this.trace('', row.stayId ?? null, 'uploaded', row.body.outboxId)
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      if (error.code !== 'DATA-02') this.parts.fatal(error)
    }
  }

  private upload(effect: Extract<QueueEffect, { do: 'send' }>): void {
    const record = present(this.queue.records.get(effect.outboxId), 'a sent record exists')
    const uploader = present(this.parts.uploader, 'a record has an uploader')
    const row = outboxRowAt(this.parts.ledger, record.seq)
    uploader.send(
      { ...record, body: row.body.body },
      effect.op,
      effect.timeoutMs,
      (verdict, meta) => {
        if (this.stopped) return
        this.runQueue(answered(this.queue, effect.outboxId, verdict, this.queueEnv(), meta))
        this.afterTurns()
      },
    )
  }

  /** A charge is settled: its lane takes it while the car stands there, else it is booked late. */
  private charged(effect: Extract<QueueEffect, { do: 'charge' }>): void {
    const { deductionId, result, reason, receipt } = effect
    for (const [laneId, host] of this.lanes) {
      const waits = ['charging', 'waiting', 'manual'].includes(host.state.name)
      if (!waits || host.state.car?.deduction?.deductionId !== deductionId) continue
      this.dispatch(laneId, { type: 'charge', deductionId, result, reason, receipt })
      return
    }
    if (result === 'noAnswerTwice') return
    const late = { deductionId, result, source: 'platform' as const, reason, receipt }
    const rows = lateChargeRows(this.lot, late, this.lateEnv())
    if (rows.length > 0) this.appendQuietly(rows)
  }

  private lateEnv(): LateEnv {
    return {
      nowMs: this.nowMs(),
      mint: (letter) => this.mint(letter),
      refundUpload: (refund) => refundOutboxRow(this.outboxMaker(), refund),
    }
  }

  /** After every turn: what the queue may send now, and when to look again. */
  private afterTurns(): void {
    if (this.busy || this.stopped) return
    for (const changed of this.onChange) changed()
    this.signCheckpoint()
    if (this.parts.uploader === null) return
    this.runQueue(pump(this.queue, this.queueEnv()))
    this.parts.idle()
    this.wake?.()
    this.wake = null
    const monoMs = this.monoMs()
    const atMs = wakeAtMs(this.queue, monoMs)
    if (atMs !== null)
      this.wake = this.parts.mono.after(Math.max(1, atMs - monoMs), () => this.afterTurns())
  }

  private signCheckpoint(): void {
    const { signer, ledger } = this.parts
    if (signer === undefined) return
    const quiet = [...this.lanes.values()].every((lane) => lane.state.name === 'idle')
    const now = { head: ledger.head, atMs: this.nowMs(), quiet, nodeId: ledger.nodeId }
    const row = dueCheckpoint(this.lot.checkpoint, now, signer)
    if (row !== null) this.appendQuietly([row])
  }

  private queueEnv(): QueueEnv {
    return {
      monoMs: this.monoMs(),
      nowMs: this.nowMs(),
      mayRepost: (record) => {
        const deduction = this.lot.deductions.get(record.deductionId ?? '')
        const order = this.lot.orders.get(deduction?.orderId ?? '')
        if (deduction === undefined || order === undefined || order.settledOtherwise) return false
        const stay = this.lot.stays.get(order.stayId)
        return stay === undefined || stay.pass !== null || record.live !== null
      },
    }
  }

  private mint(letter: string): string {
    return mintId(this.lot, this.parts.config.nodeId, letter)
  }

  private outboxMaker(): OutboxMaker {
    return {
      config: this.parts.config,
      crypto: this.parts.crypto,
      listVersion: this.parts.statusList.version,
      hasPlatform: this.parts.uploader !== null,
      mint: (letter) => this.mint(letter),
    }
  }

  private chargeOutbox(
    op: 'charge' | 'exitUpload' | 'exception',
    facts: ChargeFacts,
  ): RowDraft | null {
    try {
      return chargeOutboxRow(this.outboxMaker(), op, facts)
    } catch (error) {
      // A card with an odd date must not stop the lane: nothing is uploaded, and a person is told.
      if (!(error instanceof LaneFault) || !error.code.startsWith('UPLOAD-')) throw error
      const detail = `${error.code} ${error.detail.field ?? ''} ${error.detail.value ?? ''}`
      this.trace(facts.laneId, facts.stayId, 'fault', detail)
      return null
    }
  }

  private env(host: LaneHost): LaneEnv {
    return laneEnv(host, {
      ...this.parts,
      lot: this.lot,
      queue: this.queue,
      nowMs: this.nowMs(),
      platformUp: this.platformUp,
      mint: (letter) => this.mint(letter),
      outbox: (op, facts) => this.chargeOutbox(op, facts),
    })
  }

  exposureFen(): number {
    return exposureFen(this.queue)
  }
}
