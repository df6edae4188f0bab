// Table G.1 row 1: exit transactions are sent online to the expansion platform. Judged by two independent records: the
// receipt in the ledger, and the access with the same Request-ID.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { isTaken } from '../accesses.ts'
import { askedRecords, type AskedRecord } from '../asked-records.ts'
import type { AcceptanceFacts, AccessFact } from '#ledger/pure/facts.ts'
import { accessEvidence, defineAcceptanceItem, judged, rowEvidence, type Wrong } from '../item.ts'
import { answeredWith } from '../plant.ts'
import { chargedCar } from '../steps.ts'
import { ofKind, type RowOf } from '../transactions.ts'

/** An exit transaction that the ledger asks for, with its record and receipt. */
interface Exit {
  readonly asked: AskedRecord
  readonly row: RowOf<'outbox'> | null
  readonly last: RowOf<'outboxState'> | null
  /** Its last confirmation. */
  readonly receipt: RowOf<'outboxState'> | null
}

function exitsOf(facts: AcceptanceFacts): readonly Exit[] {
  const rows = ofKind(facts.rows, 'outbox').filter(({ body }) => body.destination === 'platform')
  const byStay = Map.groupBy(rows, ({ stayId = '' }) => stayId)
  const states = Map.groupBy(ofKind(facts.rows, 'outboxState'), ({ body }) => body.outboxId)
  return askedRecords(facts, 'exit', 'platform').map((asked) => {
    const row = (byStay.get(asked.event.stayId ?? '') ?? []).find((one) => asked.isRecord(one))
    const own = row === undefined ? [] : (states.get(row.body.outboxId) ?? [])
    return {
      asked,
      row: row ?? null,
      last: own.at(-1) ?? null,
      receipt: own.findLast(({ body }) => body.state === 'confirmed') ?? null,
    }
  })
}

interface Pair {
  readonly row: RowOf<'outboxState'>
  readonly access: AccessFact | null
}

function pairFaults({ row, access }: Pair): readonly Wrong[] {
  if (access !== null && isTaken(access)) return []
  return [
    {
      assertion: 'noAccess',
      words: t(
        `回执 ${row.body.requestId} 没有对应的访问`,
        `receipt ${row.body.requestId} has no matching access`,
      ),
      evidence: [rowEvidence(row), ...(access === null ? [] : [accessEvidence(access)])],
    },
  ]
}

/** Each answer has a Request-ID of its own (9.3.3.4). */
const sharedFaults = (receipts: readonly RowOf<'outboxState'>[]): readonly Wrong[] =>
  [...Map.groupBy(receipts, ({ body }) => body.requestId)]
    .filter(([id, own]) => id !== null && own.length > 1)
    .map(([id, own]) => ({
      assertion: 'sharedAnswer',
      words: t(
        `${own.length} 个回执都是 ${id}`,
        `${own.length} receipts name the same answer ${id}`,
      ),
      evidence: own.map(rowEvidence),
    }))

const absenceOf = ({ asked, row }: Exit): readonly Wrong[] =>
  row !== null
    ? []
    : [
        {
          assertion: 'neverQueued',
          words: t(
            `出口交易 ${asked.event.deductionId ?? ''} 没有排入上传`,
            `the exit transaction ${asked.event.deductionId ?? ''} was never queued`,
          ),
          evidence: [rowEvidence(asked.event)],
        },
      ]

function silence({ accesses }: AcceptanceFacts): readonly Wrong[] {
  const last = accesses.findLast(
    ({ interfaceId, destination = 'platform' }) =>
      (interfaceId === 'charge' || interfaceId === 'chargeQuery') && destination === 'platform',
  )
  if (last === undefined || (last.status !== null && last.status < 500)) return []
  return [
    {
      assertion: 'unanswered',
      words: t(
        `最近一笔出口交易没有答复(${last.status ?? '-'})`,
        `the last exit transaction has no answer (${last.status ?? '-'})`,
      ),
      evidence: [accessEvidence(last)],
    },
  ]
}

/** A record waits that long for its answer before the item says so. */
const answerMs = 60_000

function missingOf(
  exits: readonly Exit[],
  receipts: readonly RowOf<'outboxState'>[],
  { nowMs }: AcceptanceFacts,
): readonly BilingualText[] {
  if (receipts.length === 0)
    return [t('还没有出口交易的回执', 'there is no receipt for an exit transaction yet')]
  const open = exits.filter(
    ({ row, last }) =>
      row !== null &&
      nowMs - row.atMs > answerMs &&
      !['confirmed', 'replaced', 'rejected', 'held'].includes(last?.body.state ?? ''),
  )
  if (open.length === 0) return []
  return [t(`${open.length} 笔出口交易没有答复`, `${open.length} exit transactions have no answer`)]
}

export const online = defineAcceptanceItem({
  id: 'G1',
  title: t('联机通信', 'Online communication'),
  rule: { clause: 'G.1-1', evidence: ['ledger', 'access'] },
  printed: '支持出口交易联机与 ETC 拓展平台通信',
  needs: ['exit', 'platform'],
  steps: [chargedCar],
  expected: t(
    '每个回执的 Request-ID 都在访问记录里,状态 200',
    'The Request-ID of each receipt is in the access records, with status 200',
  ),
  assumed: null,
  plant: answeredWith('POST /v1/etc/exit-charges', 503, {
    at: 'platform',
    drive: 'car',
    turns: 'unanswered',
  }),
  judge(facts) {
    const exits = exitsOf(facts)
    const receipts = exits.flatMap(({ receipt }) => (receipt === null ? [] : [receipt]))
    const known = new Map(
      facts.accesses
        .filter(
          ({ destination = 'platform', requestId }) =>
            destination === 'platform' && requestId !== null,
        )
        .map((one) => [one.requestId, one]),
    )
    const pairs = receipts.map((row) => ({ row, access: known.get(row.body.requestId) ?? null }))
    return judged(
      [
        ...pairs.flatMap(pairFaults),
        ...sharedFaults(receipts),
        ...exits.flatMap(absenceOf),
        ...silence(facts),
      ],
      missingOf(exits, receipts, facts),
      t(
        `${receipts.length} 个回执与访问记录一致`,
        `${receipts.length} receipts agree with the access records`,
      ),
      pairs.flatMap(({ row, access }) => [
        rowEvidence(row),
        ...(access === null ? [] : [accessEvidence(access)]),
      ]),
    )
  },
})
