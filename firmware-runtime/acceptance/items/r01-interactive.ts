// Clause 10.3.2.2 a: interactive requests are answered within 3 s. Interactive are those for which a car at the exit,
// or a person, waits: charge, refund, sign-in, exception.
import { t } from '../../core/values/fault-text.ts'
import { responseThresholds } from '../../core/values/rules/shared-limits.ts'
import { defineAcceptanceItem } from '../item.ts'
import { answeredLate } from '../plant.ts'
import { percentileAssumed, responseExpected, responseFinding, responseSteps } from '../response.ts'

export const interactive = defineAcceptanceItem({
  id: 'R1',
  title: t('交互类业务响应时间', 'Response of interactive requests'),
  rule: { clause: '10.3.2.2 a', evidence: ['access'], thresholds: responseThresholds(3) },
  printed: '交互类业务响应时间宜≤3 s',
  needs: ['anyPlatform'],
  steps: responseSteps,
  expected: responseExpected('R1'),
  assumed: percentileAssumed('R1'),
  plant: answeredLate('POST /v1/etc/exit-charges'),
  judge: (facts) =>
    responseFinding(facts, {
      id: 'R1',
      interfaces: ['charge', 'refund', 'signIn', 'exception'],
      what: t('交互类请求', 'interactive requests'),
    }),
})
