// Table G.1 row 7: entry plates to the platform of the operator.
// Judged by the events of the ledger: each has its record at each destination, with an answer.
import { t } from '../../core/values/fault-text.ts'
import { answeredThresholds } from '../../core/values/rules/shared-limits.ts'
import { defineAcceptanceItem } from '../item.ts'
import { chargedCar } from '../steps.ts'
import { uploadFinding } from '../uploads.ts'
import { notTaken } from '../plant.ts'

export const entryPlates = defineAcceptanceItem({
  id: 'G7',
  title: t('入口牌识信息上传', 'Entry plates'),
  rule: { clause: 'G.1-7', evidence: ['ledger'], thresholds: answeredThresholds },
  printed: '支持上传至停车场运营服务商平台',
  needs: ['entry', 'operator'],
  steps: [chargedCar],
  expected: t(
    '每个入口车牌都有一条记录,有带 Request-ID 的确认',
    'Each plate at an entry has a record, confirmed with a Request-ID',
  ),
  assumed: t('记录按 P19', 'The record follows P19'),
  plant: notTaken('plate-records', 'plateRecNo', { at: 'operator', drive: 'car' }),
  judge: (facts) =>
    uploadFinding(facts, {
      kind: 'entry-plate',
      to: ['operator'],
      what: t('入口牌识信息', 'entry plates'),
      withinSec: facts.rules.limit('G7', 'answered'),
    }),
})
