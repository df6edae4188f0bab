// Runs briefly the bench rows without a ratio: a row that can no longer be measured is found here. Two at once,
// beside other stages; figures over their budget are printed, and judged only by `npm run bench -- --judge`.
import { describe, it } from 'vitest'
import { budgets, isBrief, pastBudget } from '../bench/budgets.ts'
import { measured } from '../bench/kit/measured.ts'
import { benchRows } from '../bench/rows/index.ts'

const brief = new Set(budgets.filter(isBrief).map(({ row }) => row))

describe.concurrent.each(benchRows.filter(({ name }) => !brief.has(name)))('$name', ({ name }) => {
  it('is measured', async ({ expect: one, skip }) => {
    const { results, said } = await measured(name, true)
    skip(said.includes(`${name}: left out, `), said)
    one(results.size).toBeGreaterThan(0)
    for (const { metric, ours, peer, ratio } of results.values())
      for (const figure of [ours, peer, ratio])
        one(figure, `${metric}: ${figure}`).toBeGreaterThan(0)
    process.stdout.write(pastBudget(name, results))
  })
})
