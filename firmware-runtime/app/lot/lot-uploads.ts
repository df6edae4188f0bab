// The queue at work: what it wants sent is sent, what answers mean is written, and it is woken in time.
// A charge's result goes to the lane whose car waits for it; without one it is booked late.
import { lateChargeRows, refundStepRow } from '../../core/etc/late-charge.ts'
import type { LaneEvent } from '../../core/lane/lane.ts'
import { mayRepost } from '../../core/lot/may-repost.ts'
import { answered, broughtBack, withAnswer } from '../../core/queue/answer.ts'
import {
  isUp,
  kick,
  kickAgain,
  probeNow,
  pump,
  restAll,
  wakeAtMs,
  type AnswerMeta,
  type QueueEffect,
  type QueueEnv,
  type QueueVerdict,
} from '../../core/queue/queue.ts'
import type { RowDraft } from '../../core/values/ledger-row.ts'
import { present } from '../../core/values/must.ts'
import type { Cancel } from '../../ports/clocks.ts'
import type { Uploader } from '../../ports/uploader.ts'
import type { LaneHost } from './lane-host.ts'
import type { LotLedger } from './lot-ledger.ts'
import type { LotParts } from './lot-parts.ts'
import { platformDestination } from './outbox-rows.ts'

interface UploadsParts {
  readonly ledger: LotLedger
  readonly parts: Pick<LotParts, 'ledger' | 'uploader' | 'mono' | 'idle'>
  readonly lanes: ReadonlyMap<string, LaneHost>
  dispatch(laneId: string, event: LaneEvent): void
  /** Something came from outside a turn: an answer, or the time to look again. */
  afterwards(): void
}

export class LotUploads {
  private readonly own: UploadsParts
  private wake: Cancel | null = null
  private stopped = false

  constructor(own: UploadsParts) {
    this.own = own
  }

  stop(): void {
    this.stopped = true
    this.wake?.()
  }

  get platformUp(): boolean {
    return this.own.parts.uploader !== null && isUp(this.own.ledger.queue, platformDestination)
  }

  /** A lane waits for this charge now. */
  charge(deductionId: string): void {
    this.run(kick(this.own.ledger.queue, deductionId))
  }

  /** Its outcome is unknown and its car waits: the same number is queried now. */
  chargeAgain(deductionId: string): void {
    this.run(kickAgain(this.own.ledger.queue, deductionId, this.env()))
  }

  /** A car waits for the platform: it is asked whether it is there. */
  probe(): void {
    const { ledger, parts } = this.own
    if (parts.uploader !== null)
      this.run(probeNow(ledger.queue, platformDestination, ledger.monoMs()))
  }

  /** An answer to this record came by another way than the link: from a stick. */
  cameBack(outboxId: string, verdict: QueueVerdict, meta: AnswerMeta): void {
    this.run(broughtBack(this.own.ledger.queue, outboxId, verdict, this.env(), meta))
    this.own.afterwards()
  }

  /** Sends what may go now, and sets the time to look again. */
  pump(): void {
    const { ledger, parts, afterwards } = this.own
    if (parts.uploader === null) {
      restAll(ledger.queue)
      return
    }
    this.run(pump(ledger.queue, this.env()))
    parts.idle()
    this.wake?.()
    this.wake = null
    const monoMs = ledger.monoMs()
    const atMs = wakeAtMs(ledger.queue, monoMs)
    if (atMs !== null) this.wake = parts.mono.after(Math.max(1, atMs - monoMs), afterwards)
  }

  private run(effects: readonly QueueEffect[]): void {
    for (const effect of effects) {
      if (effect.do === 'row') this.own.ledger.appendQuietly(this.withRefundStep(effect.row))
      else if (effect.do === 'send') this.upload(effect)
      else if (effect.do === 'ask') this.ask(effect)
      else this.charged(effect)
    }
  }

  private withRefundStep(receipt: RowDraft): readonly RowDraft[] {
    if (receipt.kind !== 'outboxState') return [receipt]
    const step = refundStepRow(this.own.ledger.queue.records.get(receipt.body.outboxId), receipt)
    return step === null ? [receipt] : [receipt, step]
  }

  private upload(sent: Extract<QueueEffect, { do: 'send' }>): void {
    const { ledger, afterwards } = this.own
    this.carry(sent.outboxId, sent.op, sent.timeoutMs, (verdict, meta) => {
      this.run(answered(ledger.queue, sent, verdict, this.env(), meta))
      afterwards()
    })
  }

  private ask({ outboxId, timeoutMs }: Extract<QueueEffect, { do: 'ask' }>): void {
    const { ledger, afterwards } = this.own
    this.carry(outboxId, 'query', timeoutMs, (verdict) => {
      withAnswer(ledger.queue, platformDestination, verdict, this.env())
      afterwards()
    })
  }

  private carry(
    outboxId: string,
    op: 'post' | 'query',
    timeoutMs: number,
    done: Parameters<Uploader['send']>[3],
  ): void {
    const { ledger, parts } = this.own
    const record = present(ledger.queue.records.get(outboxId), 'a sent record exists')
    const uploader = present(parts.uploader, 'a record has an uploader')
    const { body } = ledger.outboxAt(record.seq).body
    uploader.send({ ...record, body }, op, timeoutMs, (verdict, meta) => {
      if (!this.stopped) done(verdict, meta)
    })
  }

  /** A charge is settled: its lane takes it while the car stands there, else it is booked late. */
  private charged(effect: Extract<QueueEffect, { do: 'charge' }>): void {
    const { deductionId, result, reason, receipt } = effect
    const { ledger, lanes, dispatch } = this.own
    for (const [laneId, host] of lanes) {
      const waits = ['charging', 'waiting', 'manual'].includes(host.state.name)
      if (!waits || host.state.car?.deduction?.deductionId !== deductionId) continue
      dispatch(laneId, { type: 'charge', deductionId, result, reason, receipt })
      return
    }
    if (result === 'noAnswerTwice') return
    const late = { deductionId, result, source: 'platform' as const, reason, receipt }
    const { rows } = ledger.took(lateChargeRows(ledger.lot, late, ledger.lateEnv()))
    if (rows.length > 0) ledger.appendQuietly(ledger.frozen(rows))
  }

  private env(): QueueEnv {
    const { ledger } = this.own
    const { lot } = ledger
    return {
      monoMs: ledger.monoMs(),
      nowMs: ledger.nowMs(),
      mayRepost: (record) => mayRepost(lot, record),
    }
  }
}
