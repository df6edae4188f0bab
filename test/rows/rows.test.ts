// Rows of no ratio that CI asks for: a row that cannot be measured any more is found here. Their times are not judged,
// so they are measured beside other stages, two at once; memory is, for it does not feel the others.
import { describe, it } from 'vitest'
import { budgets, judgedInCi } from '../bench/budgets.ts'
import { measured } from '../bench/kit/measured.ts'
import { benchRows } from '../bench/rows/index.ts'

const unjudged = benchRows.filter(({ name }) => judgedInCi.every(({ row }) => row !== name))

describe.concurrent.each(unjudged)('$name', ({ name }) => {
  it('is measured', async ({ expect: one, skip }) => {
    const { results, said } = await measured(name, true)
    skip(said.includes(`${name}: left out, `), said)
    one(results.size).toBeGreaterThan(0)
    for (const { metric, ours, peer, ratio } of results.values())
      for (const figure of [ours, peer, ratio])
        one(figure, `${metric}: ${figure}`).toBeGreaterThan(0)
    for (const { metric, ratio } of budgets.filter(({ row, isFixed }) => row === name && isFixed))
      one(results.get(metric)?.ratio ?? Infinity, metric).toBeLessThanOrEqual(ratio)
  })
})
