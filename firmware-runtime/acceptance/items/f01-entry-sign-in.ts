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
  expected: t(
    '每辆车通过时本车道都有有效授权,精确到秒',
    'The lane has an authorisation in force, to the second, when each car passes',
  ),
  assumed: t(
    '签到接口按 P11;启动后十分钟内签到',
    'The sign-in interface follows P11; after a start the lane has ten minutes to sign in',
  ),
  plant: answeredWith('POST /v1/psam/sign-in', 403, {
    at: 'platform',
    drive: 'signIn',
    turns: 'refused',
  }),
  judge: (facts) => signInFinding('entry', facts),
})
