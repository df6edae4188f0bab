// Table G.1 row 10: exit transactions to the expansion platform and the platform of the operator.
// Judged by the events of the ledger: each has its record at each destination, with an answer.
import { t } from '../../core/values/fault-text.ts'
import { answeredThresholds } from '../../core/values/rules/shared-limits.ts'
import { defineAcceptanceItem } from '../item.ts'
import { chargedCar } from '../steps.ts'
import { uploadFinding } from '../uploads.ts'
import { notTaken } from '../plant.ts'

export const exitRecords = defineAcceptanceItem({
  id: 'G10',
  title: t('出口交易信息上传', 'Exit transactions'),
  rule: { clause: 'G.1-10', evidence: ['ledger'], thresholds: answeredThresholds },
  printed: '支持上传至 ETC 拓展平台和停车场运营服务商平台',
  needs: ['exit', 'recordsTo'],
  steps: [chargedCar],
  expected: t(
    '每次 ETC 出口交易都有一条记录,有带 Request-ID 的确认',
    'Each ETC exit transaction has a record, confirmed with a Request-ID',
  ),
  assumed: null,
  plant: notTaken('exit-records', 'outTradeNo', { at: 'operator', drive: 'car' }),
  judge: (facts) =>
    uploadFinding(facts, {
      kind: 'exit',
      to: ['platform', 'operator'],
      what: t('出口交易信息', 'exit transactions'),
      withinSec: facts.rules.limit('G10', 'answered'),
    }),
})
