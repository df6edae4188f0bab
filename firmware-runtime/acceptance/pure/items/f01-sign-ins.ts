// Table F.1 rows 1 and 3: the lanes of a direction sign in each day and get the authorisation of the platform, without
// which no card is charged. A lane without antenna signs in by its identity where the platform asks for it.
import { t } from '#base/pure/words/fault-text.ts'
import { defineAcceptanceItem, type AcceptanceItem } from '../item.ts'
import { answeredWith } from '../plant.ts'
import { signInFinding } from '../sign-ins.ts'

interface SignIn extends Pick<AcceptanceItem, 'id' | 'title' | 'rule'> {
  readonly direction: 'entry' | 'exit'
}

const rows: readonly SignIn[] = [
  {
    id: 'F1',
    title: t('入口车道:授权签到', 'Entry lane: sign-in'),
    rule: { clause: 'F.1-1', evidence: ['ledger'] },
    direction: 'entry',
  },
  {
    id: 'F3',
    title: t('出口车道:授权签到', 'Exit lane: sign-in'),
    rule: { clause: 'F.1-3', evidence: ['ledger'] },
    direction: 'exit',
  },
]

export const signIns: readonly AcceptanceItem[] = rows.map(({ id, title, rule, direction }) =>
  defineAcceptanceItem({
    id,
    title,
    rule,
    printed: '每日可正常签到获取平台授权',
    needs: [direction, 'platform'],
    steps: [
      t('车道运行满一天,或重启车道', 'Let the lane run for a full day, or restart it'),
      t(
        '查看每个有车的日子是否有平台授权',
        'Check that each day with cars has an authorisation of the platform',
      ),
    ],
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
    judge: (facts) => signInFinding(direction, facts),
  }),
)
