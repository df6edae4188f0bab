// Table F.1 row 1: an entry lane signs in each day and gets the authorisation of the platform.
// A lane without antenna signs in by its identity where the platform asks for it.
import { t } from '../../core/values/fault-text.ts'
import { defineAcceptanceItem } from '../item.ts'
import { signInFinding, signInSteps } from '../sign-ins.ts'
import { answeredWith } from '../plant.ts'

export const entrySignIn = defineAcceptanceItem({
  id: 'F1',
  title: t('入口车道:授权签到', 'Entry lane: sign-in'),
  rule: { clause: 'F.1-1', evidence: ['ledger'] },
  printed: '每日可正常签到获取平台授权',
  needs: ['entry', 'platform'],
  steps: signInSteps,
  expected: t('每个有车的日子都有有效授权', 'There is a valid authorisation on each day with cars'),
  assumed: t('签到接口按 P11', 'The sign-in interface follows P11'),
  plant: answeredWith('POST /v1/psam/sign-in', 403, {
    at: 'platform',
    drive: 'signIn',
    turns: 'refused',
  }),
  judge: (facts) => signInFinding('entry', facts),
})
