// Table G.1 row 5: entry transactions to the platform of the operator.
// Judged by the events of the ledger: each has its record at each destination, with an answer.
import { t } from '../../core/values/fault-text.ts'
import { answeredThresholds } from '../../core/values/rules/shared-limits.ts'
import { defineAcceptanceItem } from '../item.ts'
import { chargedCar } from '../steps.ts'
import { uploadFinding } from '../uploads.ts'
import { notTaken } from '../plant.ts'

export const entryRecords = defineAcceptanceItem({
  id: 'G5',
  title: t('入口交易信息上传', 'Entry transactions'),
  rule: { clause: 'G.1-5', evidence: ['ledger'], thresholds: answeredThresholds },
  printed: '支持上传至停车场运营服务商平台',
  needs: ['entry', 'operator'],
  steps: [chargedCar],
  expected: t(
    '每辆入场的车都有一条记录,有带 Request-ID 的确认',
    'Each car that comes in has a record, confirmed with a Request-ID',
  ),
  assumed: t('记录按 P19', 'The record follows P19'),
  plant: notTaken('entry-records', 'entryNo', { at: 'operator', drive: 'car' }),
  judge: (facts) =>
    uploadFinding(facts, {
      kind: 'entry',
      to: ['operator'],
      what: t('入口交易信息', 'entry transactions'),
      withinSec: facts.rules.limit('G5', 'answered'),
    }),
})
