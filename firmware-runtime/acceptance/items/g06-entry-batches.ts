// Table G.1 row 6: hourly batches of entry transactions to the platform of the operator.
// Judged by the hours of the ledger: each has its batch at each destination, with an answer.
import { t } from '../../core/values/fault-text.ts'
import { answeredThresholds } from '../../core/values/rules/shared-limits.ts'
import { defineAcceptanceItem } from '../item.ts'
import { chargedCar } from '../steps.ts'
import { uploadFinding } from '../uploads.ts'
import { notTaken } from '../plant.ts'

export const entryBatches = defineAcceptanceItem({
  id: 'G6',
  title: t('入口交易小时批次信息上传', 'Entry transactions, hourly'),
  rule: { clause: 'G.1-6', evidence: ['ledger'], thresholds: answeredThresholds },
  printed: '支持上传至停车场运营服务商平台',
  needs: ['entry', 'operator'],
  steps: [chargedCar],
  expected: t(
    '每个小时都有一个批次,列出该小时的全部记录,有带 Request-ID 的确认',
    'Each hour has a batch with all its records, confirmed with a Request-ID',
  ),
  assumed: t('小时批次按 P20', 'The hourly batch follows P20'),
  plant: notTaken('batches', 'batchNo', { at: 'operator', drive: 'hour' }),
  judge: (facts) =>
    uploadFinding(facts, {
      kind: 'entry',
      isBatch: true,
      to: ['operator'],
      what: t('入口交易小时批次', 'hourly batches of entry transactions'),
      withinSec: facts.rules.limit('G6', 'answered'),
    }),
})
