// Table F.1 row 1: an entry lane signs in each day and gets the authorisation of the platform.
// A lane without antenna signs in by its identity where the platform asks for it.
import { t } from '../../core/values/fault-text.ts'
import { defineAcceptanceItem } from '../item.ts'
import { signInFinding, signInSteps } from '../sign-ins.ts'

export const entrySignIn = defineAcceptanceItem({
  id: 'F1',
  title: t('入口车道:授权签到', 'Entry lane: sign-in'),
  rule: { clause: 'F.1-1', evidence: ['ledger'] },
  printed: '每日可正常签到获取平台授权',
  needs: ['entry', 'platform'],
  steps: signInSteps,
  expected: t('每个有车的日子都有有效授权', 'A grant in force on each day with cars'),
  assumed: t('签到接口按 P11', 'The sign-in is that of P11'),
  plant: {
    why: t(
      '入口没有 PSAM:模拟平台没有可以禁用的',
      'The entry has no PSAM: there is none that the simulated platform could bar',
    ),
  },
  judge: (facts) => signInFinding('entry', facts),
})
