// Clause 10.3.2.3: the screens of a car park are user-friendly. The standard gives no figure: judged by the number of
// acts that a person needs for the tasks of docs/usability.md, counted in the real window when this program was built.
// The clause is a requirement (应) on the screens of the system, which are the same at each lot, so this is a type test:
// the verdict says that nothing was counted here, and only a limit in the rule pack changes it.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { Rules } from '#base/pure/rules/rule-pack.ts'
import type { ActCounts } from '#ledger/pure/facts.ts'
import { defineAcceptanceItem, judged, type Evidence } from '../item.ts'

const ways: Readonly<Record<keyof ActCounts, BilingualText>> = {
  setup: t('从空窗口到第一辆车', 'from an empty window to the first car'),
  mouse: t('从插线到改好功率,用鼠标', 'from connecting the cable to a changed power, by mouse'),
  keys: t(
    '从插线到改好功率,只用键盘',
    'from connecting the cable to a changed power, by keyboard alone',
  ),
  survey: t('一次勘测到报告', 'from a survey to its report'),
}

const limitOf = (rules: Rules): number => rules.limit('R5', 'setupActs')

export const friendliness = defineAcceptanceItem({
  id: 'R5',
  title: t('友好性', 'Friendliness'),
  rule: {
    clause: '10.3.2.3',
    evidence: ['walk'],
    thresholds: {
      setupActs: {
        words: t('建场操作', 'actions of the set-up'),
        value: 60,
        unit: 'count',
        basis: 'assumed',
        min: 1,
        max: 1_000,
      },
    },
  },
  printed: '停车场有关系统界面应对用户友好',
  needs: [],
  steps: [
    t(
      '操作次数在真实窗口中由测试数出,随程序发布;不需要现场操作',
      'The number of actions is counted in the real window by tests and comes with the program; nothing has to be done on site',
    ),
  ],
  expected: (rules) =>
    t(
      `建一个两车道停车场到第一辆车不超过 ${limitOf(rules)} 次操作`,
      `A car park with two lanes is set up to its first car in at most ${limitOf(rules)} actions`,
    ),
  assumed: t(
    '判定的是本程序的界面,不是本停车场:在每个停车场结论相同。标准没有给出数值;一次操作是填一栏、选一项或按一个按钮',
    'This judges the screens of the program, not this lot: the verdict is the same at every lot. The standard names no figure; an action is a field filled in, a choice made or a button pressed',
  ),
  plant: {
    why: t(
      '次数随程序发布,模拟平台改变不了',
      'The counts come with the program; a simulated platform cannot change them',
    ),
  },
  judge({ acts, rules }) {
    // A task that takes no action, or not a whole number of them, was not counted.
    const isCounted = (count: number): boolean => Number.isInteger(count) && count > 0
    if (acts === null || !Object.values(acts).every(isCounted)) {
      const none = t('没有操作次数的测量', 'the number of actions was not measured')
      return judged([], [none], none, [])
    }
    const most = limitOf(rules)
    const evidence = Object.entries(ways).map(([ref, { zh, en }]): Evidence => {
      const n = acts[ref as keyof ActCounts]
      const words = t(`${zh}:${n} 次操作`, `${en}: ${n} actions`)
      return { source: 'walk', ref, text: `${en}: ${n} acts`, said: { words, atIso: null } }
    })
    const said = t(
      `本程序的界面(不是在本停车场数的):${ways.setup.zh} ${acts.setup} 次操作,限值 ${most}`,
      `screens of this program, not counted at this lot: ${ways.setup.en} in ${acts.setup} actions, limit ${most}`,
    )
    const isMore = acts.setup > most
    return judged(
      isMore ? [{ assertion: 'tooManyActs', words: said, evidence }] : [],
      [],
      said,
      isMore ? [] : evidence,
    )
  },
})
