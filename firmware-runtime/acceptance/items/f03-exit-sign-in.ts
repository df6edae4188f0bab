// Table F.1 row 3: an exit lane signs in each day and gets the authorisation of the platform. Without a valid
// authorisation no card is charged.
import { t } from '../../core/values/fault-text.ts'
import { defineAcceptanceItem } from '../item.ts'
import { signInFinding, signInSteps } from '../sign-ins.ts'
import { answeredWith } from '../plant.ts'

export const exitSignIn = defineAcceptanceItem({
  id: 'F3',
  title: t('出口车道:授权签到', 'Exit lane: sign-in'),
  rule: { clause: 'F.1-3', evidence: ['ledger'] },
  printed: '每日可正常签到获取平台授权',
  needs: ['exit', 'platform'],
  steps: signInSteps,
  expected: t('每个有车的日子都有有效授权', 'There is a valid authorisation on each day with cars'),
  assumed: t('签到接口按 P11', 'The sign-in interface follows P11'),
  plant: answeredWith('POST /v1/psam/sign-in', 403, {
    at: 'platform',
    drive: 'signIn',
    turns: 'refused',
  }),
  judge: (facts) => signInFinding('exit', facts),
})
