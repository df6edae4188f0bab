// Table G.1 row 5: entry transactions to the platform of the operator.
// Judged by the records of the outbox and the answer to each, a destination at a time.
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
  expected: t('每条记录都有带 Request-ID 的确认', 'Each record is confirmed with a Request-ID'),
  assumed: t('记录按 P19', 'The record follows P19'),
  plant: notTaken('entry-records', 'entryNo', { at: 'operator', drive: 'car' }),
  judge: (facts) =>
    uploadFinding(facts, {
      direction: 'entry',
      to: { operator: ['entryRecord'] },
      what: t('入口交易信息', 'entry transactions'),
      withinSec: facts.rules.limit('G5', 'answered'),
    }),
})
