// Table H.1 row 2: download of the split bill. Judged by the accesses to the interface, and by the days with ETC
// payments: each has a split bill that was compared with its bill.
import { t } from '#base/pure/words/fault-text.ts'
import { accessFinding } from '../accesses.ts'
import { badBills, billedDays, lateBills, openBills } from '../days.ts'
import { defineAcceptanceItem } from '../item.ts'
import { answeredWith } from '../plant.ts'
import { nextBill } from '../steps.ts'

export const splitBill = defineAcceptanceItem({
  id: 'H2',
  title: t('拆分账单下载', 'Split bill'),
  rule: { clause: 'H.1-2', evidence: ['access'] },
  printed: '每日可从 ETC 拓展平台获取拆分账单',
  needs: ['platform', 'splitBill'],
  steps: [nextBill],
  expected: t(
    '每个有扣费的日子都取得拆分账单',
    'A split bill is downloaded for each day with charges',
  ),
  assumed: t(
    '接口按 P22,次日取得',
    'The interface follows P22; the bill is downloaded on the next day',
  ),
  plant: answeredWith('GET /v1/bills/split', 403, {
    at: 'platform',
    drive: 'morning',
    turns: 'refused',
  }),
  judge(facts) {
    const days = billedDays(facts, 'split')
    const bill = t('拆分账单', 'split bill')
    const wish = {
      interfaceId: 'splitBill',
      at: ['platform'],
      what: t('获取拆分账单', 'download of the split bill'),
    } as const
    return accessFinding(
      facts,
      wish,
      [...lateBills(days, bill), ...badBills(days, bill)],
      openBills(facts, days, 'split', bill),
    )
  },
})
