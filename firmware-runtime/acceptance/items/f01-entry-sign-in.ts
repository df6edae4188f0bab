// Table F.1 row 1: an entry lane signs in each day and gets the authorisation of the platform.
// A lane without antenna signs in by its identity where the platform asks for it.
import { t } from '../../core/values/fault-text.ts'
import { defineAcceptanceItem } from '../item.ts'
import { signInFinding, signInParts } from '../sign-ins.ts'

export const entrySignIn = defineAcceptanceItem({
  id: 'F1',
  title: t('入口车道:授权签到', 'Entry lane: sign-in'),
  rule: { clause: 'F.1-1', evidence: ['ledger'] },
  printed: '每日可正常签到获取平台授权',
  needs: ['entry', 'platform'],
  ...signInParts,
  judge: (facts) => signInFinding('entry', facts),
})
