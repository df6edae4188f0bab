// Runs each row with a budget briefly, like `npm run bench`: figures over their budget are printed and fail nothing.
// `npm run bench -- --judge` does fail; its rules are tested here with made-up lines.
import { describe, expect, it } from 'vitest'
import { brokenBy, budgets, isBrief, pastBudget, pastOf, verdictOf } from './budgets.ts'
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

  it.each([
    ['that grows by a quarter', 1.25, []],
    ['that grows by a third', 1.33, ['simulation of 40 days, CPU a day']],
  ])('a simulation %s', (_what, grown, broken) => {
    const sim = budgets.filter(({ row }) => row === 'sim')
    const printedSim = sim
      .map(({ metric, slack }) => line(metric, slack === undefined ? 1 : grown, 'lower'))
      .join('\n')
    expect(brokenBy('sim', printedSim)).toEqual(broken)
  })

  it.each([
    [1, 0, 0, /^every budget is kept$/],
    [0.51, 0, codec.length, /^past a budget, by less than twice: .*None is past twice its budget$/],
    [0.49, codec.length, codec.length, /^past twice a budget: [^.]*framing generic-bcc/],
  ])('its last line says what is true of figures of %d budgets', (times, twice, past, said) => {
    const [broken, over] = [brokenBy('codec', printed(times)), pastOf('codec', printed(times))]
    expect([broken.length, over.length]).toEqual([twice, past])
    const line = verdictOf(broken, over)
    expect(line).toMatch(said)
    // A figure that fails is named once.
    expect(line.split('framing generic-len').length - 1).toBe(past === 0 ? 0 : 1)
  })

  it('names what fails before what is past its budget alone', () => {
    const text = 'past twice a budget: a. past a budget, by less than twice: b'
    expect(verdictOf(['a'], ['a', 'b'])).toBe(text)
  })
})
