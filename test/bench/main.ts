// `npm run bench [-- NAME] [--json]`: JSON Lines, one per metric, each with its peer of the same run
// and, where there is one, its budget. Each row runs in a process of its own and within a limit;
// CI asserts the budgets with slack (budgets.test.ts).
import { budgets, keeps } from './budgets.ts'
import type { BenchResult } from './kit/measure.ts'
import { runRow } from './kit/row-run.ts'
import { benchRows } from './rows/index.ts'

/** The slowest row, that of a million unsent records, takes five minutes on an idle machine. */
const rowLimitMs = 1_500_000

const args = process.argv.slice(2)
const quiet = args.includes('--json')
const alone = args.includes('--alone')
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

/** Measures a row in this process, the only one that it loads; why it cannot be measured here goes to stderr. */
async function measure(name: string): Promise<void> {
  const row = await benchRows.find((one) => one.name === name)?.load()
  const missing = row?.missing?.() ?? null
  if (missing !== null) process.stderr.write(`${name}: left out, ${missing}\n`)
  else for (const result of (await row?.run()) ?? []) process.stdout.write(lineOf(result))
}

async function main(): Promise<number> {
  const unknown = names.filter((name) => !benchRows.some((row) => row.name === name))
  if (unknown.length > 0) {
    const known = benchRows.map((row) => row.name).join(', ')
    process.stderr.write(`no row is called ${unknown.join(', ')}; there are ${known}\n`)
    return 2
  }
  let faults = 0
  for (const { name } of benchRows) {
    if (names.length > 0 && !names.includes(name)) continue
    if (alone) {
      await measure(name)
      continue
    }
    say(`${name} ...`)
    const command = [process.execPath, import.meta.filename, '--alone', name] as const
    const limit = AbortSignal.timeout(rowLimitMs)
    const { stdout, fault } = await runRow(name, [...command], limit)
    process.stdout.write(stdout)
    if (fault === null) continue
    process.stderr.write(`${fault}\n`)
    faults++
  }
  return faults === 0 ? 0 : 1
}

process.exitCode = await main()
