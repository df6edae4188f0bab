// Table H.1 row 2: download of the split bill.
// Judged by the accesses to the interface: status, code and Request-ID of each.
import { t } from '../../core/values/fault-text.ts'
import { accessFinding } from '../accesses.ts'
import { defineAcceptanceItem } from '../item.ts'
import { answeredWith } from '../plant.ts'

export const splitBill = defineAcceptanceItem({
  id: 'H2',
  title: t('拆分账单下载', 'Split bill'),
  rule: { clause: 'H.1-2', evidence: ['access'] },
  printed: '每日可从 ETC 拓展平台获取拆分账单',
  needs: ['platform', 'splitBill'],
  steps: [t('等到次日账单时间', 'Wait for the time of the bill on the next day')],
  expected: t('平台给出拆分账单', 'The platform gives the split bill'),
  assumed: t('接口按 P22', 'The interface is that of P22'),
  plant: answeredWith('GET /v1/bills/split', 403, {
    at: 'platform',
    drive: 'morning',
    turns: 'refused',
  }),
  judge: (facts) =>
    accessFinding(facts, {
      interfaceId: 'splitBill',
      at: ['platform'],
      what: t('获取拆分账单', 'download of the split bill'),
    }),
})
