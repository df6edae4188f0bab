// What a verdict of a dialect is for the queue: confirmed, refused, held, or when to ask again.
// A charge that the platform gave back is not paid; a refund is over only when it is paid back.
import type { QueueVerdict } from '../../core/queue/queue.ts'
import type { OutboxRecord } from '../../core/queue/records.ts'
import { note } from '../../core/values/notes.ts'
import { refusalOf } from '../../core/values/refusals.ts'
import type { Verdict } from '../../ports/verdict.ts'

const abnormal = note('refundStatus', 'ABNORMAL')

export function queueVerdict(
  op: OutboxRecord['op'],
  verdict: Verdict,
  sent: boolean,
): QueueVerdict {
  switch (verdict.kind) {
    case 'confirmed':
      // A refund is under review until it is paid back: its progress is asked for (8.3.2 f).
      if (op === 'refund' && verdict.state === 'PENDING_REVIEW')
        return { kind: 'processing', step: 'pending' }
      if (op === 'refund' && verdict.state === 'APPROVED')
        return { kind: 'processing', step: 'approved' }
      // Charged and given back by the platform: the order is not paid, and nothing opens for it.
      return op === 'charge' && verdict.state === 'REFUNDED'
        ? { kind: 'refused', reason: 'refunded' }
        : { kind: 'confirmed', tradeNo: verdict.tradeNo, batch: verdict.batch }
    case 'refused':
      return { kind: 'refused', reason: verdict.reason }
    case 'processing':
      return { kind: 'processing' }
    case 'notFound':
      return { kind: 'notFound' }
    case 'retry':
      return { kind: 'busy', afterMs: verdict.afterMs, reason: verdict.why }
    case 'silence':
      return verdict.afterMs === null
        ? { kind: 'silence', reason: verdict.why, sent }
        : { kind: 'busy', afterMs: verdict.afterMs, reason: verdict.why }
    case 'hold':
      // It is asked for again like any other step: it may yet be done, or rejected.
      if (op === 'refund' && verdict.why === abnormal)
        return { kind: 'processing', step: 'abnormal' }
      return { kind: 'unclear', reason: verdict.why }
    case 'rejected': {
      const refusal = refusalOf(verdict.reason, 'recordRefused')
      // Its cure is the program's own act, so no person has to look at the record: it is tried again.
      if (verdict.cure === 'signIn' || verdict.cure === 'freshEnvelope')
        return { kind: 'unclear', reason: `${verdict.respCode} ${verdict.reason}`, refusal }
      const endsKind = verdict.reason === 'requestType'
      return { kind: 'held', reason: heldFor(verdict), refusal, ...(endsKind && { endsKind }) }
    }
  }
}

type Rejected = Extract<Verdict, { kind: 'rejected' }>

/** With the member that the platform names, so that a person need not look for it. */
const heldFor = ({ respCode, reason, field }: Rejected): string =>
  field === null || field === ''
    ? `${respCode} ${reason}`
    : note('memberRefused', respCode, reason, field.slice(0, 60).replaceAll(' ', ''))
