// Table G.1 row 1: transactions of the exit are carried online to the expansion platform.
// Judged by two records that know nothing of each other: the receipt in the ledger, and the access with the same Request-ID.
import { t } from '../../core/values/fault-text.ts'
import { accessEvidence, defineAcceptanceItem, judged, rowEvidence, type Wrong } from '../item.ts'
import { chargedCar } from '../steps.ts'
import { chargesOf } from '../transactions.ts'

export const online = defineAcceptanceItem({
  id: 'G1',
  title: t('联机通信', 'Online communication'),
  printed: '支持出口交易联机与 ETC 拓展平台通信',
  steps: [chargedCar],
  expected: t(
    '每个回执的 Request-ID 都在访问记录里,状态 200',
    'The Request-ID of each receipt is among the accesses, with status 200',
  ),
  assumed: null,
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
        words: t(
          `回执 ${row.body.requestId} 没有对应的访问`,
          `no access has the receipt ${row.body.requestId}`,
        ),
        evidence: [rowEvidence(row), ...(access === null ? [] : [accessEvidence(access)])],
      }))
    return judged(
      wrong,
      receipts.length > 0
        ? []
        : [t('还没有出口交易的回执', 'no exit transaction has a receipt yet')],
      t(
        `${receipts.length} 个回执与访问记录一致`,
        `${receipts.length} receipts agree with the accesses`,
      ),
      pairs.flatMap(({ row, access }) => [
        rowEvidence(row),
        ...(access === null ? [] : [accessEvidence(access)]),
      ]),
    )
  },
})
