// The plan of a survey's day as a sheet to print: the window loads it without the rules that the plan is made by.
import { t } from '#base/pure/words/fault-text.ts'
import type { DayPlan, PlanAct } from '../day-plan.ts'

const sheetWords = {
  bring: t('要带的', 'To bring'),
  marginal: t('(仅当临界)', ' (only if marginal)'),
  sum: t('合计', 'Total'),
  min: t('分钟', 'min'),
} as const

/** As a sheet to print, instruments first. */
export function planSheet({ instruments, lanes, minutes, assumed }: DayPlan, as: 'zh' | 'en') {
  const min = sheetWords.min[as]
  const line = ({ rows, title, counts, how, ifMarginal, ...act }: PlanAct): string => {
    const many = counts.map(({ n, unit }) => `${n} ${unit[as]}`).join(', ')
    const open = ifMarginal ? sheetWords.marginal[as] : ''
    return `☐ ${rows.join(' ')} ${title[as]}${open}: ${many}; ${act.minutes} ${min}; ${how[as]}`
  }
  const tool = ({ words, pieces }: DayPlan['instruments'][number]): string =>
    `☐ ${words[as]}${pieces > 1 ? ` × ${pieces}` : ''}`
  return [
    { title: sheetWords.bring[as], lines: instruments.map(tool) },
    ...lanes.map((lane) => ({
      title: `${lane.name[as]}: ${lane.minutes} ${min}`,
      lines: lane.acts.map(line),
    })),
    { title: `${sheetWords.sum[as]}: ${minutes} ${min}`, lines: [assumed[as]] },
  ]
}
