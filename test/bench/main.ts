// `npm run bench [-- NAME] [--json]`: JSON Lines, one per metric, each with its peer of the same run.
// Nothing is asserted about times; docs/performance.md holds the budgets beside what was measured.
import { benchRows } from './rows/index.ts'

const args = process.argv.slice(2)
const quiet = args.includes('--json')
const names = args.filter((arg) => !arg.startsWith('--'))
const say = (text: string): void => {
  if (!quiet) process.stderr.write(`${text}\n`)
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
    for (const result of await row.run()) process.stdout.write(`${JSON.stringify(result)}\n`)
  }
  return 0
}

process.exitCode = await main()
