// Table F.1 row 3: an exit lane signs in each day and gets the authorisation of the platform. Without a valid
// authorisation no card is charged.
import { t } from '../../core/values/fault-text.ts'
import { defineAcceptanceItem } from '../item.ts'
import { signInFinding, signInParts } from '../sign-ins.ts'

export const exitSignIn = defineAcceptanceItem({
  id: 'F3',
  title: t('出口车道:授权签到', 'Exit lane: sign-in'),
  rule: { clause: 'F.1-3', evidence: ['ledger'] },
  printed: '每日可正常签到获取平台授权',
  needs: ['exit', 'platform'],
  ...signInParts,
  judge: (facts) => signInFinding('exit', facts),
})
