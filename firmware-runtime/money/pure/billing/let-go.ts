// Cars let out without full payment: each once, with the person and the reason, and the amount still owed. A fold over the
// rows of their stays; for a car without a reading only the act is known.
import type { Fen } from '#base/pure/values/fen.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { LedgerRow, RowKind } from '#base/pure/rows/ledger-row.ts'
import { takesOf } from '#base/pure/values/payment-means.ts'
import { isTestOrder } from '#base/pure/values/test-order.ts'
import { isIn, type RowSpan } from './row-span.ts'

/**
 * `opened`: opened by hand. `later`: to be collected later, by a person. `free`: waived by a person. `rule`: let out by a rule
 * of the lot and charged later, for example without a network. `left`: the car left without permission.
 */
type LetGoHow = 'opened' | 'later' | 'free' | 'rule' | 'left'

export interface LetGo {
  readonly atMs: InstantMs
  readonly laneId: string
  /** Null: unknown car. */
  readonly stayId: string | null
  readonly plate: string | null
  readonly how: LetGoHow
  /** Empty: no person. */
  readonly by: string
  readonly reason: string
  /** Amount of its last order; null: not priced. */
  readonly dueFen: Fen | null
  readonly paidFen: Fen
  /** Fen still owed after later payments and waivers; null: unknown. */
  readonly owedFen: Fen | null
}

interface LetGoFacts {
  readonly rows: readonly LedgerRow[]
  readonly span: RowSpan
  /** False for an entry lane, where an open by hand lets no car out. */
  letsOut(laneId: string): boolean
  /** Fen of an unpaid order still owed according to the lot; null: unknown. */
  owed(orderId: string): Fen | null
}

type RowOf<K extends RowKind> = Extract<LedgerRow, { kind: K }>
const rowsOf = <K extends RowKind>(rows: readonly LedgerRow[], kind: K): readonly RowOf<K>[] =>
  rows.filter((row): row is RowOf<K> => row.kind === kind)

const sumFen = (rows: readonly LedgerRow[]): Fen =>
  rows.reduce((sum, { amountFen = 0 }) => sum + amountFen, 0)

type Way = Pick<LetGo, 'atMs' | 'laneId' | 'how' | 'by' | 'reason'> & { readonly seq: number }

/** How this stay got out, or null: it paid, or it is still there. */
function wayOf(rows: readonly LedgerRow[]): Way | null {
  const closed = rowsOf(rows, 'stayClosed').find(({ laneId }) => laneId !== undefined)
  if (closed === undefined) return null
  const { laneId = '', orderId } = closed
  const free = rowsOf(rows, 'payment').findLast(
    (row) => row.orderId === orderId && takesOf(row.body.means) === 'nothing',
  )
  if (free !== undefined) {
    const { atMs, seq, body } = free
    return { atMs, seq, laneId, how: 'free', by: body.by ?? '', reason: body.reason ?? '' }
  }
  const pass = rowsOf(rows, 'pass').at(-1)
  const cause = pass?.laneId === laneId ? pass.body.cause : undefined
  if (pass !== undefined && (cause === 'emergency' || cause === 'later')) {
    const { atMs, seq, body } = pass
    const how = cause === 'emergency' ? 'opened' : body.by === null ? 'rule' : 'later'
    return { atMs, seq, laneId, how, by: body.by ?? '', reason: body.reason ?? '' }
  }
  if (closed.body.end !== 'open') return null
  return { atMs: closed.atMs, seq: closed.seq, laneId, how: 'left', by: '', reason: '' }
}

function letGoOf(stayId: string, rows: readonly LedgerRow[], facts: LetGoFacts): LetGo | null {
  const way = wayOf(rows)
  if (way === null || !isIn(facts.span, way)) return null
  const { seq, ...how } = way
  const order = rowsOf(rows, 'orderMade').at(-1)
  if (isTestOrder(order?.orderId)) return null
  const plates = rows.flatMap((row) =>
    row.kind === 'stayOpened' || row.kind === 'plateRead' || row.kind === 'orderMade'
      ? [row.body.plate]
      : [],
  )
  const plate = plates.findLast((one) => one !== null) ?? null
  const dueFen = order?.amountFen ?? null
  const orderId = order?.orderId ?? ''
  const paid = rowsOf(rows, 'payment').filter(
    (row) => row.orderId === order?.orderId && takesOf(row.body.means) === 'amount',
  )
  const paidFen = sumFen(paid)
  // Nothing was due, or it was paid before the boom was opened by hand.
  const beforeFen = sumFen(paid.filter((row) => row.seq < seq))
  if (how.how !== 'free' && dueFen !== null && beforeFen >= dueFen) return null
  const isWaived = rows.some(
    ({ kind, body }) => kind === 'arrears' && body.row === 'waived' && body.orderId === orderId,
  )
  const restFen = dueFen === null ? null : Math.max(0, dueFen - paidFen)
  const owedFen = how.how === 'free' || isWaived ? 0 : (facts.owed(orderId) ?? restFen)
  return { ...how, stayId, plate, dueFen, paidFen, owedFen }
}

/** Opens by hand at an exit for an unknown car; the last row of an act says whether the boom rose. */
function unknownCars({ rows, span, letsOut }: LetGoFacts): readonly LetGo[] {
  const acts = new Map<string, RowOf<'audit'>>()
  for (const row of rowsOf(rows, 'audit'))
    if (row.stayId === undefined && row.body.act === 'lane.open') acts.set(row.body.commandId, row)
  return [...acts.values()].flatMap((row): LetGo[] => {
    const { atMs, laneId = '', body } = row
    if (body.result === 'failed' || !letsOut(laneId) || !isIn(span, row)) return []
    const { by, reason } = body
    const nobody = { stayId: null, plate: null, dueFen: null, paidFen: 0, owedFen: null }
    return [{ atMs, laneId, how: 'opened', by, reason, ...nobody }]
  })
}

/** The newest first. */
export function letGo(facts: LetGoFacts): readonly LetGo[] {
  const stays = Map.groupBy(
    facts.rows.filter(({ stayId, kind }) => stayId !== undefined && kind !== 'audit'),
    ({ stayId = '' }) => stayId,
  )
  const known = [...stays].flatMap(([stayId, rows]) => letGoOf(stayId, rows, facts) ?? [])
  return [...known, ...unknownCars(facts)].sort((a, b) => b.atMs - a.atMs)
}
