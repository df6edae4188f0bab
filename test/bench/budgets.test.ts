// Runs each row with a budget briefly, like `npm run bench`: figures over their budget are printed and fail nothing.
// `npm run bench -- --judge` does fail; its rules are tested here with made-up lines.
import { describe, expect, it } from 'vitest'
import { brokenBy, budgets, isBrief, pastBudget } from './budgets.ts'
import { measured } from './kit/measured.ts'

describe.each([...new Set(budgets.filter(isBrief).map((budget) => budget.row))])('%s', (row) => {
  it('is measured', async () => {
    const { results, said } = await measured(row, true)
    process.stdout.write(pastBudget(row, results))
    for (const budget of budgets.filter((one) => one.row === row && isBrief(one)))
      expect(results.get(budget.metric), `${budget.metric}: ${said}`).toBeDefined()
  })
})

describe('what the judge calls past twice a budget', () => {
  const line = (metric: string, ratio: number, better = 'higher'): string =>
    JSON.stringify({ metric, ratio, better })
  const codec = budgets.filter(({ row }) => row === 'codec')
  const printed = (times: number): string =>
    codec.map(({ metric, ratio }) => line(metric, ratio * times)).join('\n')

  it.each([
    ['kept', printed(1), 0],
    ['worse, within twice', printed(0.51), 0],
    ['past twice', printed(0.49), codec.length],
    ['a metric that was not printed', printed(1).split('\n').slice(1).join('\n'), 1],
    ['a row that was left out', '', 0],
  ])('%s', (_what, stdout, count) => expect(brokenBy('codec', stdout)).toHaveLength(count))
})
