// Table G.1 row 8: hourly batches of entry plates to the platform of the operator.
// Judged by the hours of the ledger: each has its batch at each destination, with an answer.
import { t } from '../../core/values/fault-text.ts'
import { answeredThresholds } from '../../core/values/rules/shared-limits.ts'
import { defineAcceptanceItem } from '../item.ts'
import { chargedCar } from '../steps.ts'
import { uploadFinding } from '../uploads.ts'
import { notTaken } from '../plant.ts'

export const entryPlateBatches = defineAcceptanceItem({
  id: 'G8',
  title: t('入口牌识小时批次上传', 'Entry plates, hourly'),
  rule: { clause: 'G.1-8', evidence: ['ledger'], thresholds: answeredThresholds },
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
      kind: 'entry-plate',
      isBatch: true,
      to: ['operator'],
      what: t('入口牌识小时批次', 'hourly batches of entry plates'),
      withinSec: facts.rules.limit('G8', 'answered'),
    }),
})
