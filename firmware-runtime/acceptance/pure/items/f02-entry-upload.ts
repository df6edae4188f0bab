// Table F.1 row 2: an entry lane that detects a car uploads it in time. Judged by the record of each entry and its
// answer; the time limit comes from P31, because the text has none.
import { t } from '#base/pure/words/fault-text.ts'
import type { Rules } from '#base/pure/rules/rule-pack.ts'
import { defineAcceptanceItem } from '../item.ts'
import { chargedCar } from '../steps.ts'
import { uploadFinding } from '../uploads.ts'
import { notTaken } from '../plant.ts'

const wish = { kind: 'entry', to: ['operator'], what: t('入口信息', 'entry information') } as const
const withinSec = (rules: Rules): number => rules.limit('F2', 'within')

export const entryUpload = defineAcceptanceItem({
  id: 'F2',
  title: t('入口信息上传', 'Upload of entries'),
  rule: {
    clause: 'F.1-2',
    evidence: ['ledger'],
    thresholds: {
      within: {
        words: t('时限', 'within'),
        value: 5,
        unit: 's',
        basis: 'assumed',
        min: 0.1,
        max: 86_400,
      },
    },
  },
  printed: '感知到车辆，应将信息及时上传到 ETC 接入系统',
  needs: ['entry', 'operator'],
  steps: [chargedCar],
  expected: (rules) =>
    t(
      `每次入场一条记录,${withinSec(rules)} 秒内确认`,
      `There is one record for each entry, confirmed within ${withinSec(rules)} s`,
    ),
  assumed: t(
    '时限按 P31;接收方为运营服务商平台',
    "The deadline follows P31; the receiver is the operator's platform",
  ),
  plant: notTaken('entry-records', 'entryNo', { at: 'operator', drive: 'car' }),
  judge: (facts) =>
    uploadFinding(facts, { ...wish, withinSec: withinSec(facts.rules), isDeadline: true }),
})
