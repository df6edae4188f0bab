// Takes answers that came back by a stick into the queue, one turn each: what is proven ends its record as an answer
// over the link would. In any order and any number of times the outcome is the same.
import type { BroughtBack, TransferService } from '../../ports/transfer.ts'
import type { TakenBackView } from '../../api/transfer-views.ts'
import type { MonoClock } from '../../ports/clocks.ts'
import type { LotRuntime } from './lot-runtime.ts'

export async function takeBack(
  runtime: Pick<LotRuntime, 'queue' | 'cameBack'>,
  { files, others, answers }: BroughtBack,
  service: Pick<TransferService, 'judge'>,
  mono: Pick<MonoClock, 'after'>,
): Promise<TakenBackView> {
  const sums = { confirmed: 0, refused: 0, known: 0, open: 0 }
  for (const brought of answers) {
    const { queue } = runtime
    const record = queue.records.seen(brought.outboxId)
    if (record?.businessNo !== brought.businessNo) sums.known++
    else {
      const { verdict, meta } = service.judge(record, brought)
      runtime.cameBack(brought.outboxId, verdict, meta)
      const isEnd = verdict.kind === 'confirmed' || verdict.kind === 'refused'
      // On a full disk it stays: the same file is taken again later.
      if (isEnd && !queue.records.has(brought.outboxId)) sums[verdict.kind]++
      else sums.open++
    }
    // Lanes take their turns between two of them.
    await new Promise<void>((done) => mono.after(0, done))
  }
  return { files, others, answers: answers.length, ...sums }
}
