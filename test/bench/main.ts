// `npm run bench [-- NAME] [--json]`: JSON Lines, one per metric, each with its peer of the same run
// and, where there is one, its budget. CI asserts the budgets with slack (budgets.test.ts).
import { budgets, keeps } from './budgets.ts'
import type { BenchResult } from './kit/measure.ts'
import { benchRows } from './rows/index.ts'

const args = process.argv.slice(2)
const quiet = args.includes('--json')
const names = args.filter((arg) => !arg.startsWith('--'))
const say = (text: string): void => {
  if (!quiet) process.stderr.write(`${text}\n`)
}

/** The printed row; `budget` and `met` where design.md bounds the ratio. */
function lineOf(result: BenchResult): string {
  const budget = budgets.find(({ metric }) => metric === result.metric)?.ratio
  if (budget === undefined) return `${JSON.stringify(result)}\n`
  const met = keeps(result.ratio, result.better, budget)
  return `${JSON.stringify({ ...result, budget, met })}\n`
}

async function main(): Promise<number> {
  const unknown = names.filter((name) => !benchRows.some((row) => row.name === name))
  if (unknown.length > 0) {
    const known = benchRows.map((row) => row.name).join(', ')
    process.stderr.write(`no row is called ${unknown.join(', ')}; there are ${known}\n`)
    return 2
  }
  for (const row of benchRows) {
    if (names.length > 0 && !names.includes(row.name)) continue
    const missing = row.missing?.() ?? null
    if (missing !== null) {
      process.stderr.write(`${row.name}: left out, ${missing}\n`)
      continue
    }
    say(`${row.name} ...`)
    for (const result of await row.run()) process.stdout.write(lineOf(result))
  }
  return 0
}

process.exitCode = await main()
