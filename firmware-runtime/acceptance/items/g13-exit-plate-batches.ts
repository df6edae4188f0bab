// Table G.1 row 13: hourly batches of exit plates to the expansion platform and the platform of the operator.
// Judged by the hours of the ledger: each has its batch at each destination, with an answer.
import { t } from '../../core/values/fault-text.ts'
import { answeredThresholds } from '../../core/values/rules/shared-limits.ts'
import { defineAcceptanceItem } from '../item.ts'
import { chargedCar } from '../steps.ts'
import { uploadFinding } from '../uploads.ts'
import { notTaken } from '../plant.ts'

export const exitPlateBatches = defineAcceptanceItem({
  id: 'G13',
  title: t('出口牌识小时批次上传', 'Exit plates, hourly'),
  rule: { clause: 'G.1-13', evidence: ['ledger'], thresholds: answeredThresholds },
  printed: '支持上传至 ETC 拓展平台和停车场运营服务商平台',
  needs: ['exit', 'recordsTo'],
  steps: [chargedCar],
  expected: t(
    '每个小时都有一个批次,列出该小时的全部记录,有带 Request-ID 的确认',
    'Each hour has a batch with all its records, confirmed with a Request-ID',
  ),
  assumed: t('小时批次按 P20', 'The hourly batch follows P20'),
  plant: notTaken('batches', 'batchNo', { at: 'operator', drive: 'hour' }),
  judge: (facts) =>
    uploadFinding(facts, {
      kind: 'exit-plate',
      isBatch: true,
      to: ['platform', 'operator'],
      what: t('出口牌识小时批次', 'hourly batches of exit plates'),
      withinSec: facts.rules.limit('G13', 'answered'),
    }),
})
