// Reports when the last day for an answer to a driver has passed (P36), for complaints entered here or at the platform.
// The report lasts until a person ends the item; nothing is stored here.
import { tallyOf } from '#money/pure/billing/day-items.ts'
import { overdue } from '#money/pure/billing/feedback-items.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { dayStartMs } from '#base/pure/values/instant.ts'
import type { LedgerService } from '#ledger/ports/ledger-service.ts'
import type { SideTask, TaskOwner } from '#base/process/side-tasks.ts'
import type { LotRuntime } from '../lot-runtime.ts'

interface DueParts {
  readonly runtime: Pick<LotRuntime, 'endingMs'>
  readonly tasks: Pick<TaskOwner, 'every'>
  readonly service: Pick<LedgerService, 'dayTally'>
}

const firstMs = 6_000
const everyMs = 60_000

export class FeedbackDue {
  private readonly parts: DueParts
  private fault: LaneFault | null = null
  private readonly task: SideTask

  constructor(parts: DueParts) {
    this.parts = parts
    this.task = parts.tasks.every('feedbackDue', { firstMs, everyMs }, () => this.look())
  }

  stop(): void {
    this.task.stop()
  }

  notices(): readonly LaneFault[] {
    return this.fault === null ? [] : [this.fault]
  }

  private async look(): Promise<void> {
    const { runtime, service } = this.parts
    const nowMs = runtime.endingMs()
    if (nowMs === null) return
    const late = overdue(tallyOf((await service.dayTally(dayStartMs(nowMs))).books), nowMs)
    const [first] = late
    const by = first?.feedback?.complaint?.answerBy ?? ''
    const value = first?.feedback?.no ?? ''
    const note = t(
      `应于 ${by} 前答复,共 ${late.length} 项`,
      `an answer was due by ${by}; ${late.length} in all`,
    )
    this.fault = first === undefined ? null : new LaneFault('FEED-03', { value, note })
  }
}
