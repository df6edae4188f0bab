// The SQL behind the ledger's queries: which rows a question is about, and their view.
// A page picks its keys from one index; CROSS JOIN makes the view follow those few, never lead.
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { present } from '../../core/values/must.ts'
import { isTestOrder } from '../../core/values/test-order.ts'
import type { LedgerQuery, QueryKind, QueryPage, QueryRows } from '../../ports/ledger-reader.ts'
import type { SqlRow } from './connection.ts'

export const limitDefault = 100
export const limitMax = 1_000

const plateOfStay = `stayId IN (
  SELECT s.stayId FROM ledger_row s WHERE s.kind = 'stayOpened' AND s.plate = :plate
)`

interface QueryShape {
  /** Exactly the condition of the partial index, so that the planner may use it. */
  readonly kinds: string
  readonly view: string
  readonly key: string
  readonly viewKey: string
  readonly plate: string
  /** Only where the key alone does not name the row. */
  readonly viewNode: string
}

const shapes: Record<QueryKind, QueryShape> = {
  stay: {
    kinds: `kind = 'stayOpened'`,
    view: 'v_stay',
    key: 'stayId',
    viewKey: 'stayId',
    plate: 'plate = :plate',
    viewNode: '',
  },
  deduction: {
    kinds: `kind = 'intent'`,
    view: 'v_deduction',
    key: 'deductionId',
    viewKey: 'deductionId',
    plate: 'plate = :plate',
    viewNode: '',
  },
  payment: {
    kinds: `kind = 'payment'`,
    view: 'v_payment',
    key: 'subjectId',
    viewKey: 'paymentId',
    plate: plateOfStay,
    viewNode: '',
  },
  refund: {
    kinds: `kind = 'refund'`,
    view: 'v_refund',
    key: 'subjectId',
    viewKey: 'refundId',
    plate: plateOfStay,
    viewNode: '',
  },
  event: {
    kinds: `kind IN ('event', 'exception', 'audit', 'boot', 'signIn')`,
    view: 'v_event',
    key: 'seq',
    viewKey: 'seq',
    plate: plateOfStay,
    viewNode: 'AND v.nodeId = :node',
  },
}

export interface Statement {
  readonly sql: string
  readonly values: Record<string, SQLInputValue>
}

/** One more row than asked for tells whether there is a next page. */
export function pageStatement(
  nodeId: string,
  kind: QueryKind,
  filter: LedgerQuery,
  limit: number,
): Statement {
  const shape = shapes[kind]
  const where = [shape.kinds, '+nodeId = :node']
  const values: Record<string, SQLInputValue> = { node: nodeId, limit: limit + 1 }
  const add = (name: string, value: SQLInputValue | undefined, sql: string): void => {
    if (value === undefined) return
    where.push(sql)
    values[name] = value
  }
  add('from', filter.fromMs, 'atMs >= :from')
  add('to', filter.toMs, 'atMs < :to')
  add('plate', filter.plate, shape.plate)
  add('stay', filter.stayId, 'stayId = :stay')
  add('lane', filter.laneId, '+laneId = :lane')
  add(
    'after',
    filter.after,
    '(atMs, seq) > (SELECT a.atMs, a.seq FROM ledger_row a WHERE a.nodeId = :node AND a.seq = :after)',
  )
  const sql = `
    WITH page AS MATERIALIZED (
      SELECT seq AS pageSeq, atMs AS pageAt, ${shape.key} AS pageKey FROM ledger_row
      WHERE ${where.join(' AND ')} ORDER BY atMs, seq LIMIT :limit
    )
    SELECT page.pageSeq, v.* FROM page CROSS JOIN ${shape.view} v ON v.${shape.viewKey} = page.pageKey ${shape.viewNode}
    ORDER BY page.pageAt, page.pageSeq`
  return { sql, values }
}

function limitOf(asked = limitDefault): number {
  const limit = Number.isNaN(asked) ? limitDefault : Math.trunc(asked)
  return Math.max(1, Math.min(limitMax, limit))
}

/** SQL has neither true and false nor nested values; the columns of the page itself go. */
function rowOf({ pageSeq: _seq, nodeId: _node, ...told }: SqlRow, kind: QueryKind): object {
  const { orderId } = told
  const test = typeof orderId === 'string' && isTestOrder(orderId)
  const row: Record<string, unknown> = test ? { ...told, test } : told
  if (kind === 'stay') return { ...row, noEntry: row['noEntry'] === 1 }
  const proof = row['proof']
  if (kind !== 'deduction' || typeof proof !== 'string') return row
  const parsed: unknown = JSON.parse(proof)
  return { ...row, proof: parsed }
}

/** Rows have the columns of their view (0001-rows.ts), which the port's types repeat. */
export function queryPage<K extends QueryKind>(
  db: DatabaseSync,
  nodeId: string,
  kind: K,
  filter: LedgerQuery,
): QueryPage<K> {
  const limit = limitOf(filter.limit)
  const { sql, values } = pageStatement(nodeId, kind, filter, limit)
  const found: readonly SqlRow[] = db.prepare(sql).all(values)
  const rows = found.slice(0, limit)
  const last = rows.at(-1)
  const more = found.length > limit
  return {
    rows: rows.map((row) => rowOf(row, kind)) as unknown as readonly QueryRows[K][],
    next: more ? Number(present(last, 'a full page has a last row')['pageSeq']) : null,
  }
}
