// Table G.1 row 12: exit plates to the expansion platform and the platform of the operator.
// Judged by the events of the ledger: each has its record at each destination, with an answer.
import { t } from '../../core/values/fault-text.ts'
import { answeredThresholds } from '../../core/values/rules/shared-limits.ts'
import { defineAcceptanceItem } from '../item.ts'
import { chargedCar } from '../steps.ts'
import { uploadFinding } from '../uploads.ts'
import { notTaken } from '../plant.ts'

export const exitPlates = defineAcceptanceItem({
  id: 'G12',
  title: t('出口牌识信息上传', 'Exit plates'),
  rule: { clause: 'G.1-12', evidence: ['ledger'], thresholds: answeredThresholds },
  printed: '支持上传至 ETC 拓展平台和停车场运营服务商平台',
  needs: ['exit', 'recordsTo'],
  steps: [chargedCar],
  expected: t(
    '每个出口车牌都有一条记录,有带 Request-ID 的确认',
    'Each plate at an exit has a record, confirmed with a Request-ID',
  ),
  assumed: t('记录按 P19', 'The record follows P19'),
  plant: notTaken('plate-records', 'plateRecNo', { at: 'operator', drive: 'car' }),
  judge: (facts) =>
    uploadFinding(facts, {
      kind: 'exit-plate',
      to: ['platform', 'operator'],
      what: t('出口牌识信息', 'exit plates'),
      withinSec: facts.rules.limit('G12', 'answered'),
    }),
})
