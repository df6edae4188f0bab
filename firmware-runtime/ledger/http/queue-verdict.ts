// Maps a dialect's verdict to the queue's: confirmed, refused, held, or when to ask again.
// A charge that the platform gave back is not paid; a refund ends only when it is paid back.
import type { QueueVerdict } from '../pure/queue/queue.ts'
import type { OutboxRecord } from '../pure/queue/records.ts'
import { note } from '#base/pure/words/notes.ts'
import { refusalOf } from '#base/pure/words/refusals.ts'
import type { Verdict } from '../ports/verdict.ts'

const abnormal = note('refundStatus', 'ABNORMAL')

export function queueVerdict(
  op: OutboxRecord['op'],
  verdict: Verdict,
  sent: boolean,
): QueueVerdict {
  switch (verdict.kind) {
    case 'confirmed':
      // A refund is under review until it is paid back: its progress is queried (8.3.2 f).
      if (op === 'refund' && verdict.state === 'PENDING_REVIEW')
        return { kind: 'processing', step: 'pending' }
      if (op === 'refund' && verdict.state === 'APPROVED')
        return { kind: 'processing', step: 'approved' }
      // Charged and refunded by the platform: the order is not paid, and no barrier opens for it.
      return op === 'charge' && verdict.state === 'REFUNDED'
        ? { kind: 'refused', reason: 'refunded' }
        : { kind: 'confirmed', tradeNo: verdict.tradeNo, batch: verdict.batch }
    case 'refused':
      return { kind: 'refused', reason: verdict.reason }
    case 'processing':
      if (verdict.why !== undefined) return { kind: 'processing', why: verdict.why }
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
      // Queried again like any other step: it may still be done or rejected.
      if (op === 'refund' && verdict.why === abnormal)
        return { kind: 'processing', step: 'abnormal' }
      return { kind: 'unclear', reason: verdict.why }
    case 'rejected': {
      const refusal = refusalOf(verdict.reason, 'recordRefused')
      // The program itself cures this refusal: the record is tried again without a person.
      if (verdict.cure === 'signIn' || verdict.cure === 'freshEnvelope')
        return { kind: 'unclear', reason: `${verdict.respCode} ${verdict.reason}`, refusal }
      const endsKind = verdict.reason === 'requestType'
      return { kind: 'held', reason: heldFor(verdict), refusal, ...(endsKind && { endsKind }) }
    }
  }
}

type Rejected = Extract<Verdict, { kind: 'rejected' }>

/** With the member named by the platform, so that a person need not search for it. */
const heldFor = ({ respCode, reason, field }: Rejected): string =>
  field === null || field === ''
    ? `${respCode} ${reason}`
    : note('memberRefused', respCode, reason, field.slice(0, 60).replaceAll(' ', ''))
