// How each car left: what its last order asks for is paid before its pass, and each boom has its pass. Judged by the rows
// of its stay alone, whatever the exceptions say (8.3.1, and F.1 row 4).
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import { minuteMs } from '#base/pure/values/instant.ts'
import { takesOf } from '#base/pure/values/payment-means.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { AcceptanceFacts } from '#ledger/pure/facts.ts'
import { rowEvidence, type Wrong } from './item.ts'
import { chargedFen, chargesOf, isPaid, ofKind, type Charge, type RowOf } from './transactions.ts'
import type { Assertion } from './next-steps.ts'

type Payment = RowOf<'payment'>

/** What happened in the last moment before the judged period is not in its rows. */
const edgeMs = minuteMs

/** A waived order is settled by the person who waived it. */
const isWaived = ({ body }: Payment): boolean => takesOf(body.means) === 'nothing'

/** What was paid for an order before that place of the ledger. */
const paidFen = (payments: readonly Payment[], orderId: string | undefined, seq: number): Fen =>
  payments
    .filter((row) => row.orderId === orderId && row.seq < seq && !isWaived(row))
    .reduce((sum, { amountFen = 0 }) => sum + amountFen, 0)

const wrong = (
  assertion: Assertion,
  words: BilingualText,
  rows: readonly (LedgerRow | undefined)[],
): Wrong => ({
  assertion,
  words,
  evidence: rows.filter((row) => row !== undefined).map(rowEvidence),
})

/** The rows of a stay that decide whether its pass was earned. */
interface Leaving {
  readonly pass: RowOf<'pass'>
  readonly order: RowOf<'orderMade'> | undefined
  readonly payments: readonly Payment[]
  readonly charges: readonly Charge[]
}

/** A pass as paid by ETC needs a paid charge of the same stay, before it and of the whole order. */
function etcFault({ pass, order, charges }: Leaving): Wrong | null {
  const paid = charges.find((charge) =>
    charge.outcomes.some(({ body, seq }) => body.state === 'paid' && seq < pass.seq),
  )
  const { stayId } = pass
  if (paid === undefined || !isPaid(paid))
    return wrong(
      'openedUnpaid',
      t(
        `${stayId}:没有扣费成功就按 ETC 放行`,
        `${stayId}: the car was let out as paid by ETC, but no charge succeeded`,
      ),
      [pass],
    )
  const takenFen = chargedFen(paid)
  if (takenFen >= (order?.amountFen ?? 0)) return null
  return wrong(
    'underpaid',
    t(
      `${stayId}:订单 ${order?.amountFen} 分,扣费 ${takenFen} 分`,
      `${stayId}: the order is ${order?.amountFen} fen, but ${takenFen} fen were charged`,
    ),
    [order, paid.outcome ?? undefined],
  )
}

function otherFault({ pass, order, payments }: Leaving): Wrong | null {
  const { stayId, seq } = pass
  const dueFen = order?.amountFen ?? 0
  if (order === undefined || dueFen === 0) return null
  if (payments.some((row) => row.seq < seq && isWaived(row))) return null
  const gotFen = paidFen(payments, order.orderId, seq)
  if (gotFen >= dueFen) return null
  return gotFen === 0
    ? wrong(
        'unpaid',
        t(`${stayId}:没有付款就放行`, `${stayId}: nothing was paid before the car was let out`),
        [order, pass],
      )
    : wrong(
        'underpaid',
        t(
          `${stayId}:订单 ${dueFen} 分,放行前付了 ${gotFen} 分`,
          `${stayId}: the order is ${dueFen} fen, but ${gotFen} fen were paid before the car was let out`,
        ),
        [order, pass],
      )
}

function freeFault({ pass, order }: Leaving): Wrong | null {
  if (order === undefined || (order.amountFen ?? 0) === 0) return null
  const { stayId } = pass
  return wrong(
    'unpaid',
    t(
      `${stayId}:订单 ${order.amountFen} 分,却按免费放行`,
      `${stayId}: the order is ${order.amountFen} fen, but the car was let out as free`,
    ),
    [order, pass],
  )
}

/** An order counts when it is in the judged rows: its payments are then as well. */
export function passFaults(facts: AcceptanceFacts): readonly Wrong[] {
  const charges = Map.groupBy(chargesOf(facts), ({ intent }) => intent.stayId ?? '')
  const byStay = Map.groupBy(facts.rows, ({ stayId }) => stayId ?? '')
  return ofKind(facts.rows, 'pass').flatMap((pass): readonly Wrong[] => {
    const { stayId = '', seq } = pass
    const own = byStay.get(stayId) ?? []
    const leaving: Leaving = {
      pass,
      order: ofKind(own, 'orderMade').findLast((row) => row.seq < seq),
      payments: ofKind(own, 'payment'),
      charges: charges.get(stayId) ?? [],
    }
    const { cause } = pass.body
    const isCut = leaving.charges.length === 0 && pass.atMs - facts.fromMs < edgeMs
    if (cause === 'etc') return isCut ? [] : [etcFault(leaving)].filter((one) => one !== null)
    if (cause === 'other') return [otherFault(leaving)].filter((one) => one !== null)
    return cause === 'free' ? [freeFault(leaving)].filter((one) => one !== null) : []
  })
}

/** Each boom has a pass that was written before it. */
export function boomFaults({ rows, lanes, fromMs }: AcceptanceFacts): readonly Wrong[] {
  const ids = lanes.flatMap(({ laneId, direction }) => (direction === 'exit' ? [laneId] : []))
  const passes = new Map(ofKind(rows, 'pass').map((row) => [row.body.passId, row]))
  return ofKind(rows, 'barrier').flatMap((row): readonly Wrong[] => {
    if (!ids.includes(row.laneId ?? '') || row.atMs - fromMs < edgeMs) return []
    const pass = passes.get(row.body.passId)
    if (pass !== undefined && pass.seq < row.seq) return []
    return [
      wrong(
        'boomWithoutPass',
        t(
          `${row.laneId}:抬杆之前没有放行记录`,
          `${row.laneId}: the boom was opened without a pass before it`,
        ),
        [row, pass],
      ),
    ]
  })
}
