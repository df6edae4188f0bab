// Runs the upload queue: sends records, writes the meaning of answers, and wakes the queue in time. The result of a
// charge goes to the lane whose car waits for it; without a waiting car it is booked late.
import { lateChargeRows, refundStepRow } from '../../pure/etc/late-charge.ts'
import type { LaneEvent } from '../../pure/lane.ts'
import { linkOf, recordDestinations } from '#ledger/pure/lot/destinations.ts'
import { isHeldBack } from '#money/pure/orders/sent-orders.ts'
import { mayOrder, mayRepost } from '#ledger/pure/lot/may-repost.ts'
import { answered, broughtBack, withAnswer } from '#ledger/pure/queue/answer.ts'
import {
  destinationOf,
  backlogInFlight,
  isUp,
  kick,
  kickAgain,
  probeNow,
  pump,
  takeBack,
  restAll,
  retryAll,
  wakeAtMs,
  type AnswerMeta,
  type BatchAnswer,
  type QueueEffect,
  type QueueEnv,
  type QueueVerdict,
} from '#ledger/pure/queue/queue.ts'
import type { SendOp } from '#ledger/pure/queue/records.ts'
import { looked, queueTimes } from '#ledger/pure/queue/destination.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { present } from '#base/pure/values/must.ts'
import type { Cancel } from '#base/ports/clocks.ts'
import type { Uploader } from '#ledger/ports/uploader.ts'
import { afterBatch } from './batch-rows.ts'
import { FileUploads, type AnsweredRecord } from './file-uploads.ts'
import type { LaneHost } from '../lane-host.ts'
import type { LotLedger } from '../lot-ledger.ts'
import type { LotParts } from '../lot-parts.ts'
import { platformDestination } from './outbox-rows.ts'
import { ReceiptGroup } from './receipt-group.ts'

/** Wait after files with unanswered records, ms: sending them again would not mend the cause. */
const filesAgainMs = 600_000

/** States of a lane whose car waits for the result of a charge. */
const waitingStates: readonly string[] = ['charging', 'waiting', 'manual']

interface UploadsParts {
  readonly ledger: LotLedger
  readonly parts: Pick<LotParts, 'ledger' | 'uploader' | 'others' | 'mono' | 'idle' | 'config'>
  readonly lanes: ReadonlyMap<string, LaneHost>
  dispatch(laneId: string, event: LaneEvent): void
  /** Called after an event from outside a turn: an answer, or a timer. */
  afterwards(): void
  /** A file of records failed. */
  fileFailed(why: string): void
}

interface BatchReceipt {
  readonly outboxId: string
  readonly answer: BatchAnswer
}

export class LotUploads {
  private readonly own: UploadsParts
  private readonly receipts: ReceiptGroup
  private wake: Cancel | null = null
  private stopped = false
  /** Files are being sent. */
  private filing = false
  /** Monotonic ms before which no file is sent automatically. */
  private filesAtMs = 0

  constructor(own: UploadsParts) {
    this.own = own
    const { ledger, parts } = own
    this.receipts = new ReceiptGroup({
      mono: parts.mono,
      underWay: () => backlogInFlight(ledger.queue),
      write(rows) {
        ledger.appendQuietly(rows)
      },
      afterwards: own.afterwards,
    })
  }

  stop(): void {
    this.receipts.flush()
    this.stopped = true
    this.wake?.()
  }

  get platformUp(): boolean {
    return this.own.parts.uploader !== null && isUp(this.own.ledger.queue, platformDestination)
  }

  /** A lane waits for this charge now. */
  charge(deductionId: string): void {
    this.run(kick(this.own.ledger.queue, deductionId, this.env()))
  }

  /** The result is unknown and the car waits: the same number is queried now. */
  chargeAgain(deductionId: string): void {
    this.run(kickAgain(this.own.ledger.queue, deductionId, this.env()))
  }

  /** An order at an access system is not wanted any more: taken back now, unless a request about it is under way. */
  takeBack(deductionId: string): void {
    this.run(takeBack(this.own.ledger.queue, deductionId, this.env()))
  }

  /** A car waits for the platform: tests whether it answers. */
  probe(): void {
    const { ledger, parts } = this.own
    if (parts.uploader !== null)
      this.run(probeNow(ledger.queue, platformDestination, ledger.monoMs()))
  }

  /** Sends delayed records now. */
  retryNow(): void {
    this.receipts.flush()
    retryAll(this.own.ledger.queue)
    this.own.afterwards()
  }

  /** An answer to this record came by USB stick instead of the link. */
  cameBack(outboxId: string, verdict: QueueVerdict, meta: AnswerMeta): void {
    this.receipts.flush()
    this.run(broughtBack(this.own.ledger.queue, outboxId, verdict, this.env(), meta))
    this.own.afterwards()
  }

  /** Receipts of one file are rows of one transaction. */
  private cameInFile(answered: readonly AnsweredRecord[]): void {
    this.receipts.flush()
    const { queue } = this.own.ledger
    const effects = answered.flatMap(({ record, verdict, meta }) =>
      broughtBack(queue, record, verdict, this.env(), meta),
    )
    const rows = effects.flatMap((effect) => (effect.do === 'row' ? [effect.row] : []))
    if (rows.length > 0) this.own.ledger.appendQuietly(rows)
    this.run(effects.filter((effect) => effect.do !== 'row'))
    this.own.afterwards()
  }

  get sendsFiles(): boolean {
    return (this.own.parts.uploader?.files ?? null) !== null
  }

  /** Sends the backlog in sealed files; records in flight continue. */
  sendInFiles(): void {
    const { ledger, parts, afterwards } = this.own
    const files = parts.uploader?.files ?? null
    if (files === null || this.filing) return
    this.filing = true
    this.receipts.flush()
    const uploads = new FileUploads({
      files,
      mono: parts.mono,
      queue: ledger.queue,
      destination: platformDestination,
      isHeldBack: (record) => isHeldBack(ledger.lot, record),
      bodyOf: ({ seq }) => ledger.outboxAt(seq).body.body,
      took: (answered) => this.cameInFile(answered),
      failed: (why) => this.own.fileFailed(why),
      isStopped: () => this.stopped,
    })
    uploads.send(() => {
      this.filing = false
      this.filesAtMs = ledger.monoMs() + filesAgainMs
      afterwards()
    })
  }

  /** A long backlog is sent in files automatically, if the lot is set so (P12, ADR 305). */
  private fileByItself(): void {
    const { ledger, parts } = this.own
    const from = linkOf(parts.config, platformDestination)?.filesFrom
    if (from === undefined || ledger.queue.records.uploads < from) return
    if (this.platformUp && ledger.monoMs() >= this.filesAtMs) this.sendInFiles()
  }

  /** Sends what may be sent now, and sets the timer for the next look. */
  pump(): void {
    const { ledger, parts, afterwards } = this.own
    if (!recordDestinations.some(({ id }) => this.reaches(id))) {
      restAll(ledger.queue)
      return
    }
    this.run(pump(ledger.queue, this.env()))
    this.fileByItself()
    parts.idle()
    this.wake?.()
    this.wake = null
    const monoMs = ledger.monoMs()
    const atMs = wakeAtMs(ledger.queue, this.env())
    if (atMs !== null) this.wake = parts.mono.after(Math.max(1, atMs - monoMs), afterwards)
  }

  private run(effects: readonly QueueEffect[], answeredBatch: BatchReceipt | null = null): void {
    for (const effect of effects) {
      if (effect.do === 'row') this.receive(effect.row, answeredBatch)
      else if (effect.do === 'send') this.upload(effect)
      else if (effect.do === 'ask') this.ask(effect)
      else if (effect.do === 'look') this.look(effect)
      else this.charged(effect)
    }
  }

  /** The receipt and its consequences are one transaction, so that no crash can separate them. */
  private receive(receipt: RowDraft, answeredBatch: BatchReceipt | null): void {
    const { ledger } = this.own
    const record =
      answeredBatch === null ? undefined : ledger.queue.records.seen(answeredBatch.outboxId)
    if (answeredBatch === null || record === undefined) {
      ledger.appendQuietly(this.withRefundStep(receipt))
      return
    }
    const row = ledger.outboxAt(record.seq)
    const { rows, differs } = afterBatch(ledger, row, answeredBatch.answer, ledger.nowMs())
    const atMs = ledger.nowMs()
    const named: RowDraft[] =
      differs === null ? [] : [{ kind: 'event', atMs, body: { type: 'batchDiffers', ...differs } }]
    if (ledger.appendQuietly([receipt, ...named, ...rows]) && differs !== null)
      ledger.trace('', null, 'fault', `batchDiffers ${differs.detail}`)
  }

  private withRefundStep(receipt: RowDraft): readonly RowDraft[] {
    if (receipt.kind !== 'outboxState') return [receipt]
    const step = refundStepRow(this.own.ledger.queue.records.seen(receipt.body.outboxId), receipt)
    return step === null ? [receipt] : [receipt, step]
  }

  private upload(sent: Extract<QueueEffect, { do: 'send' }>): void {
    const { ledger, afterwards } = this.own
    this.carry(sent.outboxId, sent.op, sent.timeoutMs, (verdict, meta) => {
      const isPaced = ledger.queue.records.awake.get(sent.outboxId)?.paced === true
      const effects = answered(ledger.queue, sent, verdict, this.env(), meta)
      const { batch } = verdict.kind === 'confirmed' ? verdict : {}
      if (isPaced && batch === undefined) this.grouped(effects)
      else
        this.run(effects, batch === undefined ? null : { outboxId: sent.outboxId, answer: batch })
      afterwards()
    })
  }

  /** No car waits for the receipts of a backlog, so they may be grouped. */
  private grouped(effects: readonly QueueEffect[]): void {
    const rows = effects.flatMap((effect) =>
      effect.do === 'row' ? this.withRefundStep(effect.row) : [],
    )
    this.receipts.add(rows)
    this.run(effects.filter((effect) => effect.do !== 'row'))
  }

  private ask({ outboxId, timeoutMs }: Extract<QueueEffect, { do: 'ask' }>): void {
    const { ledger, afterwards } = this.own
    this.carry(outboxId, 'query', timeoutMs, (verdict) => {
      withAnswer(ledger.queue, platformDestination, verdict, this.env())
      afterwards()
    })
  }

  private look({ destination, timeoutMs }: Extract<QueueEffect, { do: 'look' }>): void {
    const { ledger, afterwards } = this.own
    this.linkTo(destination)?.reach?.(timeoutMs, (isThere) => {
      if (this.stopped) return
      looked(destinationOf(ledger.queue, destination), isThere, this.env())
      afterwards()
    })
  }

  private carry(
    outboxId: string,
    op: SendOp,
    timeoutMs: number,
    done: Parameters<Uploader['send']>[3],
  ): void {
    const { ledger } = this.own
    const known = present(ledger.queue.records.seen(outboxId), 'a sent record exists')
    const uploader = present(this.linkTo(known.destination), 'a record has an uploader')
    const { body: outbox, orderId = '' } = ledger.outboxAt(known.seq)
    const { body } = outbox
    const record = { ...known, settled: ledger.lot.orders.get(orderId)?.settledBy ?? null }
    uploader.send({ ...record, body }, op, timeoutMs, (verdict, meta) => {
      if (!this.stopped) done(verdict, meta)
    })
  }

  /** A charge is settled: its lane takes the result while the car is there, else it is booked late. */
  private charged(effect: Extract<QueueEffect, { do: 'charge' }>): void {
    const { deductionId, result, reason, receipt } = effect
    const { ledger, lanes, dispatch } = this.own
    for (const [laneId, host] of lanes) {
      const waits = waitingStates.includes(host.state.name)
      if (!waits || host.state.car?.deduction?.deductionId !== deductionId) continue
      dispatch(laneId, { type: 'charge', deductionId, result, reason, receipt })
      return
    }
    if (result === 'noAnswerTwice' || result === 'held' || result === 'open') return
    const late = { deductionId, result, source: 'platform' as const, reason, receipt }
    const { rows } = ledger.took(lateChargeRows(ledger.lot, late, ledger.lateEnv()))
    if (rows.length > 0) ledger.appendQuietly(ledger.frozen(rows))
  }

  private readonly paceMs = (destination: string): number => {
    const { config } = this.own.parts
    const to = linkOf(config, destination)
    return to?.pacePerMin === undefined ? queueTimes.paceMs : 60_000 / to.pacePerMin
  }

  private readonly reaches = (destination: string): boolean => this.linkTo(destination) !== null

  private readonly byOrder = (destination: string): boolean =>
    destination === platformDestination && this.own.ledger.dialect.byOrder !== undefined

  /** Deductions that a lane waits for. */
  private inLanes(): ReadonlySet<string> {
    const { lanes } = this.own
    return new Set(
      [...lanes.values()].flatMap(({ state: { name, car } }) =>
        waitingStates.includes(name) && car?.deduction ? [car.deduction.deductionId] : [],
      ),
    )
  }

  /** Null: no link to that destination; its records wait. */
  private linkTo(destination: string): Uploader | null {
    const { uploader, others = {} } = this.own.parts
    const uploaders: Readonly<Record<string, Uploader | null>> = {
      ...others,
      [platformDestination]: uploader,
    }
    return uploaders[destination] ?? null
  }

  private env(): QueueEnv {
    const { ledger } = this.own
    const { lot } = ledger
    return {
      monoMs: ledger.monoMs(),
      nowMs: ledger.nowMs(),
      mayRepost: (record) =>
        this.byOrder(record.destination)
          ? mayOrder(lot, record, this.inLanes())
          : mayRepost(lot, record),
      isHeldBack: (record) => isHeldBack(lot, record),
      reaches: this.reaches,
      looks: (destination) => this.linkTo(destination)?.reach !== undefined,
      paceMs: this.paceMs,
      twoStep: (destination) => this.linkTo(destination)?.twoStep === true,
      byOrder: this.byOrder,
    }
  }
}
