// The SQL of the ledger's queries: which rows match, and their view.
// A page picks its keys from one index; CROSS JOIN makes the view follow these few, never lead.
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { present } from '#base/pure/values/must.ts'
import { isTestOrder } from '#base/pure/values/test-order.ts'
import type { LedgerQuery, QueryKind, QueryPage, QueryRows } from '../ports/ledger-reader.ts'
import { refundKinds } from './migrations/0008-refunds.ts'
import { stayPlate, zeroPlate } from './migrations/0014-zero-plates.ts'
import type { SqlRow } from '#base/sqlite/connection.ts'

const limitDefault = 100
const limitMax = 1_000
/** Far more late readings than one plate ever has. */
const lateMax = 1_000

const ofStay = (condition: string): string => `stayId IN (
  SELECT s.stayId FROM ledger_row s WHERE s.kind = 'stayOpened' AND s.${condition}
)`

/** Conditions on a plate: equal, one of those found by a part, or the part itself. */
const plateIs = 'plate = :plate'
const plateIn = 'plate IN (SELECT value FROM json_each(:plates))'
/** In order of time: only for a part that so many plates have that a page is soon full. A value, because
    the planner turns an EXISTS into a walk through all stays. */
const partOfRow = 'instr(plate, :part) > 0'
const partOfStay = `(
  SELECT instr(s.plate, :part) FROM ledger_row s
  WHERE s.kind = 'stayOpened' AND s.stayId = ledger_row.stayId
) > 0`

/** Rows without a plate show that of their stay. */
const plateOfStay = `(
  SELECT ${stayPlate} FROM ledger_row s WHERE s.kind = 'stayOpened' AND s.stayId = v.stayId
) AS plate,`

/** The means of a refund (base/pure/values/refund-means.ts); a payment by code is refunded the way it was paid. */
const wentBySql = `CASE WHEN v.state = 'success' THEN coalesce((
    SELECT replace(json_extract(s.body, '$.means'), 'issuer', 'etc')
    FROM ledger_row s INDEXED BY refund_state_of
    WHERE s.kind = 'refundState' AND s.subjectId = v.refundId AND s.nodeId = v.nodeId
    ORDER BY s.seq DESC LIMIT 1), v.means) END`

interface QueryShape {
  /** Exactly the condition of the partial index, so that the planner may use it. */
  readonly kinds: string
  readonly view: string
  readonly key: string
  readonly viewKey: string
  /** Whether the row has a plate itself, or only its stay. */
  readonly hasPlate: boolean
  /** Column of the person in the row, or null. */
  readonly by: string | null
  /** Its amount column; null for a kind without amounts. */
  readonly fen: string | null
  /** Column of the means by which money moved. */
  readonly means?: string
  /** Condition on the kinds with that column, through an index of their own. */
  readonly byKinds?: string
  /** Used only when the key alone does not identify the row. */
  readonly viewNode: string
}

const shapes: Record<QueryKind, QueryShape> = {
  stay: {
    kinds: `kind = 'stayOpened'`,
    view: 'v_stay',
    key: 'stayId',
    viewKey: 'stayId',
    hasPlate: true,
    by: null,
    fen: null,
    viewNode: '',
  },
  deduction: {
    kinds: `kind = 'intent'`,
    view: 'v_deduction',
    key: 'deductionId',
    viewKey: 'deductionId',
    hasPlate: true,
    by: null,
    fen: '+amountFen',
    viewNode: '',
  },
  payment: {
    kinds: `kind = 'payment'`,
    view: 'v_payment',
    key: 'subjectId',
    viewKey: 'paymentId',
    hasPlate: false,
    by: `json_extract(body, '$.by')`,
    fen: '+amountFen',
    means: `json_extract(body, '$.means')`,
    viewNode: '',
  },
  refund: {
    kinds: refundKinds,
    view: 'v_refund',
    key: 'seq',
    viewKey: 'rowSeq',
    hasPlate: false,
    by: `coalesce(json_extract(body, '$.operator'), json_extract(body, '$.requestedBy'))`,
    fen: `coalesce(+amountFen, json_extract(body, '$.amountFen'))`,
    means: `(SELECT ${wentBySql} FROM v_refund v
      WHERE v.rowSeq = ledger_row.seq AND v.nodeId = ledger_row.nodeId)`,
    viewNode: 'AND v.nodeId = :node',
  },
  event: {
    kinds: `kind IN ('event', 'exception', 'audit', 'boot', 'signIn')`,
    view: 'v_event',
    key: 'seq',
    viewKey: 'seq',
    hasPlate: false,
    by: `json_extract(body, '$.by')`,
    fen: '+amountFen',
    byKinds: `kind = 'audit'`,
    viewNode: 'AND v.nodeId = :node',
  },
}

interface Statement {
  readonly sql: string
  readonly values: Record<string, SQLInputValue>
}

/** A query with its part of a plate resolved to plates; null when too many have it. */
export interface FoundQuery extends LedgerQuery {
  readonly plates?: readonly string[] | null
  /** Stays whose late plate matches: few, and queried separately. */
  readonly lateStays?: readonly string[]
  /** Row numbers of this page when already found: no other condition is applied. */
  readonly seqs?: readonly number[]
}

export interface Condition {
  readonly where: readonly string[]
  readonly values: Record<string, SQLInputValue>
}

export const whereOf = ({ where }: Condition): string => where.join(' AND ')

function plateSql({ hasPlate }: QueryShape, filter: FoundQuery): string {
  if (filter.plate !== undefined) return hasPlate ? plateIs : ofStay(plateIs)
  if (filter.plates === null) return hasPlate ? partOfRow : partOfStay
  return hasPlate ? plateIn : ofStay(plateIn)
}

/**
 * Stays with this plate, or this part of one, that was read after they began. Plates in the OBUs of a street are many: these are
 * found whole alone.
 */
export function lateStays(db: DatabaseSync, { plate, platePart }: LedgerQuery): readonly string[] {
  const value = plate ?? platePart
  if (value === undefined) return []
  const terms =
    plate === undefined
      ? [`kind = 'plateRead' AND instr(plate, ?) > 0`]
      : [`kind = 'plateRead' AND plate = ?`, `kind = 'zeroRecord' AND ${zeroPlate} = ?`]
  return terms
    .flatMap((term) =>
      db.prepare(`SELECT stayId FROM ledger_row WHERE ${term} LIMIT ${lateMax}`).all(value),
    )
    .map(({ stayId }) => String(stayId))
}

/** Conditions for rows of a kind, through the index of their times. */
export function conditionOf(nodeId: string, kind: QueryKind, filter: FoundQuery): Condition {
  const shape = shapes[kind]
  if (filter.seqs !== undefined) {
    const where = ['nodeId = :node', 'seq IN (SELECT value FROM json_each(:seqs))']
    return { where, values: { node: nodeId, seqs: JSON.stringify(filter.seqs) } }
  }
  const kinds = filter.by === undefined ? shape.kinds : (shape.byKinds ?? shape.kinds)
  const where = [kinds, '+nodeId = :node']
  const values: Record<string, SQLInputValue> = { node: nodeId }
  const add = (name: string, value: SQLInputValue | undefined, sql: string): void => {
    if (value === undefined) return
    where.push(sql)
    values[name] = value
  }
  add('from', filter.fromMs, 'atMs >= :from')
  add('to', filter.toMs, 'atMs < :to')
  add('plate', filter.plate, plateSql(shape, filter))
  if (filter.plates !== undefined && filter.plate === undefined) {
    const [name, value] =
      filter.plates === null
        ? ['part', filter.platePart ?? '']
        : ['plates', JSON.stringify(filter.plates)]
    add(name, value, plateSql(shape, filter))
  }
  const late = filter.lateStays ?? []
  if (late.length > 0) {
    where.push(`(${where.pop() ?? ''} OR stayId IN (SELECT value FROM json_each(:late)))`)
    values['late'] = JSON.stringify(late)
  }
  add('stay', filter.stayId, 'stayId = :stay')
  add('lane', filter.laneId, '+laneId = :lane')
  add('amount', filter.amountFen, `${shape.fen ?? 'NULL'} = :amount`)
  add('means', filter.means, `${shape.means ?? 'NULL'} = :means`)
  add('by', filter.by, `instr(${shape.by ?? 'NULL'}, :by) > 0`)
  return { where, values }
}

/** One row more than requested shows whether there is a next page. */
export function pageStatement(
  nodeId: string,
  kind: QueryKind,
  filter: FoundQuery,
  limit: number,
): Statement {
  const shape = shapes[kind]
  const { where, values } = conditionOf(nodeId, kind, filter)
  const [beyond, order] = filter.newestFirst === true ? ['<', 'DESC'] : ['>', 'ASC']
  // Row numbers begin with 1: after 0 means all.
  const isFound = filter.seqs !== undefined
  const isFirst = isFound || filter.after === undefined || filter.after === 0
  const after = isFirst
    ? []
    : [
        `(atMs, seq) ${beyond} (SELECT a.atMs, a.seq FROM ledger_row a WHERE a.nodeId = :node AND a.seq = :after)`,
      ]
  const sql = `
    WITH page AS MATERIALIZED (
      SELECT seq AS pageSeq, atMs AS pageAt, ${shape.key} AS pageKey FROM ledger_row
      WHERE ${[...where, ...after].join(' AND ')} ORDER BY atMs ${order}, seq ${order} LIMIT :limit
    )
    SELECT page.pageSeq, ${shape.hasPlate ? '' : plateOfStay} ${kind === 'refund' ? `${wentBySql} AS backMeans,` : ''} v.*
    FROM page CROSS JOIN ${shape.view} v ON v.${shape.viewKey} = page.pageKey ${shape.viewNode}
    ORDER BY page.pageAt ${order}, page.pageSeq ${order}`
  const last = isFirst ? {} : { after: filter.after }
  return { sql, values: { ...values, ...last, limit: limit + 1 } }
}

export function limitOf(requestedLimit = limitDefault): number {
  const limit = Number.isNaN(requestedLimit) ? limitDefault : Math.trunc(requestedLimit)
  return Math.max(1, Math.min(limitMax, limit))
}

/** SQL has neither booleans nor nested values; columns for paging are removed. */
function rowOf(
  { pageSeq: _seq, rowSeq: _row, nodeId: _node, ...told }: SqlRow,
  kind: QueryKind,
): object {
  const { orderId } = told
  const test = typeof orderId === 'string' && isTestOrder(orderId)
  const row: Record<string, unknown> = test ? { ...told, test } : told
  if (kind === 'stay') return { ...row, noEntry: row['noEntry'] === 1 }
  const proof = row['proof']
  if (kind !== 'deduction' || typeof proof !== 'string') return row
  const parsed: unknown = JSON.parse(proof)
  return { ...row, proof: parsed }
}

/** True for a query by person, amount or means that rows of this kind do not have: none can match. */
function isOfNone(kind: QueryKind, { by, amountFen, means }: FoundQuery): boolean {
  const shape = shapes[kind]
  return (
    (by !== undefined && shape.by === null) ||
    (amountFen !== undefined && shape.fen === null) ||
    (means !== undefined && shape.means === undefined)
  )
}

/** Rows have the columns of their view (0001-rows.ts), as the port's types declare. */
export function queryPage<K extends QueryKind>(
  db: DatabaseSync,
  nodeId: string,
  kind: K,
  filter: FoundQuery,
): QueryPage<K> {
  if (isOfNone(kind, filter)) return { rows: [], next: null }
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
