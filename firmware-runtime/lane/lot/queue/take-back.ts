// Takes answers from a USB stick into the queue, one turn for each: a proven answer ends its record like one over the
// link. Order and repeats do not change the result.
import type { BroughtBack, TransferService } from '#ledger/ports/transfer.ts'
import type { TakenBackView } from '#ledger/calls/transfer-views.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import type { LotRuntime } from '../lot-runtime.ts'

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
      // On a full disk the record stays: the same file can be imported again.
      if (isEnd && !queue.records.has(brought.outboxId)) sums[verdict.kind]++
      else sums.open++
    }
    // Lanes take their turns between two answers.
    await new Promise<void>((done) => mono.after(0, done))
  }
  return { files, others, answers: answers.length, ...sums }
}
