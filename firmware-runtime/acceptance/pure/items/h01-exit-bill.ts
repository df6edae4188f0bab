// Table H.1 row 1: the bill of exit transactions is downloaded from the expansion platform each day. Judged by the days
// with ETC payments: each has a bill that was compared with the ledger.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { isTaken } from '../accesses.ts'
import { badBills, billedDays, lateBills, openBills } from '../days.ts'
import type { AccessFact } from '#ledger/pure/facts.ts'
import type { RowOf } from '../transactions.ts'
import { accessEvidence, defineAcceptanceItem, judged, rowEvidence, type Wrong } from '../item.ts'
import { answeredWith } from '../plant.ts'
import { nextBill } from '../steps.ts'

/** A bill that the program compared was downloaded; one that a person compared came as a file. */
function undownloaded(
  billed: readonly RowOf<'book'>[],
  own: readonly AccessFact[],
): readonly BilingualText[] {
  const isByProgram = ({ body }: RowOf<'book'>): boolean =>
    body.row === 'reconciled' && body.by === ''
  if (!billed.some(isByProgram) || own.some(isTaken)) return []
  return [
    t(
      '访问记录里没有拓展平台给出账单的答复',
      'the access log has no answer of the expansion platform with a bill',
    ),
  ]
}

export const exitBill = defineAcceptanceItem({
  id: 'H1',
  title: t('出口交易下载', 'Bill of exit transactions'),
  rule: { clause: 'H.1-1', evidence: ['ledger'] },
  printed: '每日可从 ETC 拓展平台获取到出口交易账单',
  needs: ['platform', 'bill'],
  steps: [nextBill],
  expected: t(
    '每个有扣费的日子都取得账单并核对',
    'A bill is downloaded and checked for each day with charges',
  ),
  assumed: t('账单按 P22,次日取得', 'The bill follows P22 and is downloaded on the next day'),
  plant: answeredWith('GET /v1/bills/exit', 403, {
    at: 'platform',
    drive: 'morning',
    turns: 'refused',
  }),
  judge(facts) {
    const days = billedDays(facts, 'etc')
    const bill = t('账单', 'bill')
    const wrong = [...lateBills(days, bill), ...badBills(days, bill)]
    const own = facts.accesses.filter(
      ({ interfaceId, destination = 'platform' }) =>
        interfaceId === 'bill' && destination === 'platform',
    )
    const billed = days.flatMap(({ row }) => (row === null ? [] : [row]))
    const last = own.findLast(({ status }) => status !== null)
    const isRefused = last !== undefined && !isTaken(last)
    const refused: readonly Wrong[] = isRefused
      ? [
          {
            assertion: 'refused',
            words: t(
              `账单接口答复 ${last.status} ${last.respCode ?? ''}`,
              `the bill interface answered ${last.status} ${last.respCode ?? ''}`,
            ),
            evidence: [accessEvidence(last)],
          },
        ]
      : []
    return judged(
      [...wrong, ...refused],
      [
        ...(billed.length > 0 ? [] : [t('还没有取得过账单', 'no bill was downloaded yet')]),
        ...undownloaded(billed, own),
        ...openBills(facts, days, 'etc', bill),
      ],
      t(`${billed.length} 天的账单已取得`, `bills of ${billed.length} days were downloaded`),
      [...billed.map(rowEvidence), ...own.map(accessEvidence)],
    )
  },
})
