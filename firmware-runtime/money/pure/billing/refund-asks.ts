// Refunds requested by one person and answered by another, folded from the rows of the books. An unanswered request never
// expires, because the driver who was told of it may still come for the money.
import type { Fen } from '#base/pure/values/fen.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { LedgerRow, RowBodies } from '#base/pure/rows/ledger-row.ts'
import { isSamePerson } from '#base/pure/values/same-person.ts'

type Asked = Omit<Extract<RowBodies['book'], { row: 'refundAsked' }>, 'row'>
type Answered = Extract<RowBodies['book'], { row: 'refundAnswered' }>

export interface RefundAsk extends Asked {
  readonly askedAtMs: InstantMs
  /** Null: not answered yet. */
  readonly answered: (Omit<Answered, 'row' | 'askId'> & { readonly atMs: InstantMs }) | null
}

/** `withdrawn`: declined by the requester. */
export type RefundAskState = 'waiting' | 'agreed' | 'declined' | 'withdrawn'

export function askState({ by, answered }: RefundAsk): RefundAskState {
  if (answered === null) return 'waiting'
  if (answered.answer === 'yes') return 'agreed'
  return isSamePerson(by, answered.by) ? 'withdrawn' : 'declined'
}

/** Requests by id, in chronological order. */
export function refundAsks(rows: Iterable<LedgerRow>): ReadonlyMap<string, RefundAsk> {
  const asks = new Map<string, RefundAsk>()
  for (const { kind, body, atMs } of rows) {
    if (kind !== 'book') continue
    if (body.row === 'refundAsked') {
      const { row: _, ...asked } = body
      asks.set(body.askId, { ...asked, askedAtMs: atMs, answered: null })
    } else if (body.row === 'refundAnswered') {
      const ask = asks.get(body.askId)
      if (ask === undefined || ask.answered !== null) continue
      const { answer, by, reason } = body
      asks.set(body.askId, { ...ask, answered: { answer, by, reason, atMs } })
    }
  }
  return asks
}

/** Fen of a payment with unanswered refund requests. */
export const waitingFen = (asks: Iterable<RefundAsk>, attemptNo: string): Fen => {
  let fen = 0
  for (const ask of asks)
    if (ask.attemptNo === attemptNo && ask.answered === null) fen += ask.amountFen
  return fen
}
