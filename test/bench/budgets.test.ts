// Each budget against a peer, measured by the bench as anybody runs it, with slack for a machine that others share.
// Noise only ever makes a ratio worse: the best of three tries is judged, the first a brief one.
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { budgets, judgedInCi, keeps, triesInCi, withSlack } from './budgets.ts'
import type { BenchResult } from './kit/measure.ts'
import { benchRows } from './rows/index.ts'

const main = join(import.meta.dirname, 'main.ts')
const run = promisify(execFile)

interface Measured {
  readonly results: ReadonlyMap<string, BenchResult>
  /** What the bench says of the row, such as why it is left out on this machine. */
  readonly said: string
}

async function measured(row: string, brief: boolean): Promise<Measured> {
  const env = { ...process.env, ...(brief ? { ETC_LANE_BENCH: 'brief' } : {}) }
  const { stdout, stderr } = await run(process.execPath, [main, row, '--json'], { env })
  const results = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line): BenchResult => JSON.parse(line))
  return { results: new Map(results.map((result) => [result.metric, result])), said: stderr }
}

describe.each([...new Set(judgedInCi.map((budget) => budget.row))])('%s', (row) => {
  it('keeps its budgets', { timeout: 300_000 }, async () => {
    let open = judgedInCi.filter((budget) => budget.row === row)
    const said: string[] = []
    for (let attempt = 0; attempt < triesInCi && open.length > 0; attempt++) {
      const { results } = await measured(row, attempt === 0)
      open = open.filter(({ metric, ratio }) => {
        const result = results.get(metric)
        if (result === undefined) return true
        said.push(`${metric} ${result.ratio}, budget ${ratio}`)
        return !keeps(result.ratio, result.better, withSlack(ratio, result.better))
      })
    }
    process.stdout.write(`${said.join('\n')}\n`)
    expect(open, said.join('\n')).toEqual([])
  })
})

/**
 * Rows of no ratio that CI asks for: a row that cannot be measured any more is found here. Their times are not
 * judged, so two are measured at once (`maxConcurrency` of the project); memory is, for it does not feel the other.
 */
const unjudged = benchRows.filter(({ name }) => judgedInCi.every(({ row }) => row !== name))

describe.concurrent.each(unjudged)('$name, without a budget that is judged here', ({ name }) => {
  it('is measured', { timeout: 300_000 }, async ({ expect: one, skip }) => {
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
