// Each budget against a peer, measured by the bench as anybody runs it, with slack for a machine that others share.
// Noise only ever makes a ratio worse: the best of three tries is judged, the first a brief one.
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { judgedInCi, keeps, triesInCi, withSlack } from './budgets.ts'
import type { BenchResult } from './kit/measure.ts'
import { benchRows } from './rows/index.ts'

const main = join(import.meta.dirname, 'main.ts')
const run = promisify(execFile)

async function measured(row: string, brief: boolean): Promise<ReadonlyMap<string, BenchResult>> {
  const env = { ...process.env, ...(brief ? { ETC_LANE_BENCH: 'brief' } : {}) }
  const { stdout } = await run(process.execPath, [main, row, '--json'], { env })
  const results = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line): BenchResult => JSON.parse(line))
  return new Map(results.map((result) => [result.metric, result]))
}

describe.each([...new Set(judgedInCi.map((budget) => budget.row))])('%s', (row) => {
  it('keeps its budgets', { timeout: 300_000 }, async () => {
    let open = judgedInCi.filter((budget) => budget.row === row)
    const said: string[] = []
    for (let attempt = 0; attempt < triesInCi && open.length > 0; attempt++) {
      const results = await measured(row, attempt === 0)
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

/** Rows that no budget of CI asks for: a row that cannot be measured any more is found here. */
const unjudged = benchRows.filter(({ name }) => judgedInCi.every(({ row }) => row !== name))

describe.each(unjudged.map(({ name, missing }) => ({ name, why: missing?.() ?? null })))(
  '$name, without a budget that is judged here',
  ({ name, why }) => {
    it.skipIf(why !== null)('is measured', { timeout: 300_000 }, async () => {
      const results = [...(await measured(name, true)).values()]
      expect(results.length).toBeGreaterThan(0)
      for (const { metric, ours, peer, ratio } of results)
        for (const figure of [ours, peer, ratio])
          expect(figure, `${metric}: ${figure}`).toBeGreaterThan(0)
    })
  },
)
