// Table G.1 row 1: exit transactions are sent online to the expansion platform. Judged by two independent records: the
// receipt in the ledger, and the access with the same Request-ID.
import { t } from '../../core/values/fault-text.ts'
import { accessEvidence, defineAcceptanceItem, judged, rowEvidence, type Wrong } from '../item.ts'
import { chargedCar } from '../steps.ts'
import { chargesOf } from '../transactions.ts'
import { answeredWith } from '../plant.ts'

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
    const receipts = chargesOf(facts).flatMap(({ uploads, uploadStates }) => {
      const own = uploads.filter(({ body }) => body.destination === 'platform')
      const ids = own.map(({ body }) => body.outboxId)
      return uploadStates.filter(
        ({ body }) => body.state === 'confirmed' && ids.includes(body.outboxId),
      )
    })
    const known = new Map(
      facts.accesses
        .filter(({ destination = 'platform' }) => destination === 'platform')
        .map((one) => [one.requestId, one]),
    )
    const pairs = receipts.map((row) => ({ row, access: known.get(row.body.requestId) ?? null }))
    const wrong = pairs
      .filter(({ access }) => access?.status !== 200)
      .map(({ row, access }): Wrong => ({
        assertion: 'noAccess',
        words: t(
          `回执 ${row.body.requestId} 没有对应的访问`,
          `receipt ${row.body.requestId} has no matching access`,
        ),
        evidence: [rowEvidence(row), ...(access === null ? [] : [accessEvidence(access)])],
      }))
    const last = facts.accesses.findLast(
      ({ interfaceId, destination = 'platform' }) =>
        (interfaceId === 'charge' || interfaceId === 'chargeQuery') && destination === 'platform',
    )
    const isAnswered = last?.status !== undefined && last.status !== null && last.status < 500
    const silent: readonly Wrong[] =
      last === undefined || isAnswered
        ? []
        : [
            {
              assertion: 'unanswered',
              words: t(
                `最近一笔出口交易没有答复(${last.status ?? '-'})`,
                `the last exit transaction has no answer (${last.status ?? '-'})`,
              ),
              evidence: [accessEvidence(last)],
            },
          ]
    return judged(
      [...wrong, ...silent],
      receipts.length > 0
        ? []
        : [t('还没有出口交易的回执', 'there is no receipt for an exit transaction yet')],
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
