// Table H.1 row 1: the bill of exit transactions is downloaded from the expansion platform each day. Judged by the days
// with ETC payments: each has a bill that was compared with the ledger.
import { t } from '../../core/values/fault-text.ts'
import { billedDays, lateBills } from '../days.ts'
import { accessEvidence, defineAcceptanceItem, judged, rowEvidence, type Wrong } from '../item.ts'
import { answeredWith } from '../plant.ts'

export const exitBill = defineAcceptanceItem({
  id: 'H1',
  title: t('出口交易下载', 'Bill of exit transactions'),
  rule: { clause: 'H.1-1', evidence: ['ledger'] },
  printed: '每日可从 ETC 拓展平台获取到出口交易账单',
  needs: ['platform', 'bill'],
  steps: [
    t(
      '有 ETC 扣费的一天过后,等到次日账单时间',
      'After a day with ETC charges, wait until the bill time on the next day',
    ),
  ],
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
    const wrong = lateBills(days, t('账单', 'bill'))
    const billed = days.flatMap(({ row }) => (row === null ? [] : [row]))
    const last = facts.accesses.findLast(
      ({ interfaceId, destination, status }) =>
        interfaceId === 'bill' && destination !== 'operator' && status !== null,
    )
    const isRefused = last !== undefined && ((last.status ?? 0) >= 400 || last.isRefused === true)
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
      billed.length > 0 ? [] : [t('还没有取得过账单', 'no bill was downloaded yet')],
      t(`${billed.length} 天的账单已取得`, `bills of ${billed.length} days were downloaded`),
      [
        ...billed.map(rowEvidence),
        ...facts.accesses
          .filter(
            ({ interfaceId, destination }) => interfaceId === 'bill' && destination !== 'operator',
          )
          .map(accessEvidence),
      ],
    )
  },
})
