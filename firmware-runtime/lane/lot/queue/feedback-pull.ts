// Imports the platform's feedback (000 A.2.3 b; 001 8.3.1 a) into the work items of the day's accounts, every five
// minutes. The ledger alone knows what exists: a start, a repeat or a lost answer neither repeats an item nor leaves
// one out.
import { tallyOf } from '#money/pure/billing/day-items.ts'
import { feedbackRows } from '#money/pure/billing/feedback-items.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { t } from '#base/pure/words/fault-text.ts'
import type { FeedbackMessage } from '#base/pure/values/feedback.ts'
import { dayStartMs } from '#base/pure/values/instant.ts'
import type { LedgerService } from '#ledger/ports/ledger-service.ts'
import type { PlatformFeedback } from '#ledger/ports/platform-feedback.ts'
import type { SideTask, TaskOwner } from '#base/process/side-tasks.ts'
import { DownloadFault } from './duty-fault.ts'
import type { LotRuntime } from '../lot-runtime.ts'

interface PullParts {
  readonly runtime: Pick<LotRuntime, 'nowMs' | 'append' | 'trace'>
  readonly tasks: Pick<TaskOwner, 'every'>
  readonly service: Pick<LedgerService, 'dayTally' | 'etcOfDay'>
  readonly feedback: PlatformFeedback
}

const firstMs = 4_000
const everyMs = 300_000
/** Answers of one look; what is behind them is read by the next look, from where this one ended. */
const answersMax = 25

type Answer = Parameters<Parameters<PlatformFeedback['after']>[1]>[0]

export class FeedbackPull {
  private readonly parts: PullParts
  private readonly fault: DownloadFault
  private readonly task: SideTask
  /** A start reads all messages: the platform may be another one, with numbers of its own. */
  private lastSeq = 0
  /** Its numbers restarted in this process, and may do so again: each look reads all messages. */
  private beganAnew = false
  /** The look before ended at its bound, and this one goes on. */
  private isUnread = false
  private stopped = false

  constructor(parts: PullParts) {
    this.parts = parts
    this.fault = new DownloadFault((text) => {
      if (!this.stopped) parts.runtime.trace('', null, 'fault', text)
    })
    this.task = parts.tasks.every('feedbackPull', { firstMs, everyMs }, () => this.look())
  }

  stop(): void {
    this.stopped = true
    this.task.stop()
  }

  notices(): readonly LaneFault[] {
    return this.fault.notices()
  }

  /** Null: the platform has no such interface. */
  private async look(): Promise<number | null> {
    try {
      return (await this.pull()) ? everyMs : null
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      this.fault.failed(error)
      return everyMs
    }
  }

  private async books() {
    const { service, runtime } = this.parts
    return tallyOf((await service.dayTally(dayStartMs(runtime.nowMs()))).books)
  }

  /** Reads until no message remains; false: the platform has no such interface. */
  private async pull(): Promise<boolean> {
    let again = false
    if (this.beganAnew && !this.isUnread) this.lastSeq = 0
    this.isUnread = false
    for (let answers = 0; !this.stopped; answers++) {
      const { promise, resolve } = Promise.withResolvers<Answer>()
      this.parts.feedback.after(this.lastSeq, resolve)
      const answer = await promise
      if (this.stopped || answer.kind === 'none') return answer.kind !== 'none'
      if (answer.kind === 'wrong') throw answer.fault
      if (answer.kind === 'silent') {
        this.fault.missed(new LaneFault('FEED-02', { note: answer.reason }))
        return true
      }
      const { messages, lastSeq } = answer
      await this.take(messages)
      if (answers + 1 >= answersMax && messages.length > 0) return this.left(lastSeq, messages)
      this.fault.over()
      const upto = messages.at(-1)?.seq ?? this.lastSeq
      const wentBack = lastSeq < upto
      const isLast = wentBack ? again : messages.length === 0 || upto === lastSeq
      // Each message has its own number, so none is imported twice; one more look is enough.
      again ||= wentBack
      this.beganAnew ||= wentBack
      this.lastSeq = wentBack ? 0 : upto
      if (isLast) return true
    }
    return true
  }

  /** The rest waits for the next look; people are told, because no lot has that many messages. */
  private left(lastSeq: number, messages: readonly FeedbackMessage[]): true {
    const upto = messages.at(-1)?.seq ?? this.lastSeq
    this.lastSeq = lastSeq < upto ? 0 : upto
    this.isUnread = lastSeq > upto
    if (!this.isUnread) return true
    const note = t(
      `平台说还有 ${lastSeq - upto} 条,每 5 分钟接着读一部分;数字不对就告知平台`,
      `the platform says that ${lastSeq - upto} more exist; a part is read every 5 minutes. Report the number to the platform if it is wrong`,
    )
    this.fault.failed(new LaneFault('FEED-05', { field: '/data/lastSeq', note }))
    return true
  }

  private async take(messages: readonly FeedbackMessage[]): Promise<void> {
    const { runtime } = this.parts
    const atMs = runtime.nowMs()
    if (feedbackRows(messages, await this.books(), { nowMs: atMs }).length === 0) return
    const stays = await this.staysOf(messages)
    const at = { nowMs: atMs, stayOf: (no: string) => stays.get(no) }
    const rows = feedbackRows(messages, await this.books(), at)
    if (this.stopped || rows.length === 0) return
    runtime.append(rows.map((body) => ({ kind: 'book', atMs, body })))
    runtime.trace('', null, 'fault', `feedback ${rows.length}`)
  }

  /** Stays of charges on the days around each message; an older charge has its number only. */
  private async staysOf(messages: readonly FeedbackMessage[]) {
    const days = new Set(
      messages.flatMap(({ atMs, outTradeNo }) => (outTradeNo === null ? [] : [dayStartMs(atMs)])),
    )
    const stays = new Map<string, string>()
    for (const startMs of days)
      for (const { outTradeNo, stayId } of await this.parts.service.etcOfDay(startMs))
        stays.set(outTradeNo, stayId)
    return stays
  }
}
