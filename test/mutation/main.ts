// `npm run test:mutation [-- ROOM...]`: how many mutants of each folder its tests notice; flags in docs/mutation.md.
// Writes out/mutation/ROOM.txt: every mutant with file, line, replacement and result.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { compiles } from './compiles.ts'
import { runMutants, type Tried } from './engine.ts'
import { judge, keptOf, reportOf, type Judged } from './judge.ts'
import { readKept, staleIn } from './kept.ts'
import { mutate, type Mutant } from './mutants.ts'
import { repository, roomNames, roomOf, rooms, sourcesOf, testsOf, type RoomName } from './rooms.ts'

const say = (text: string): void => void process.stderr.write(`${text}\n`)

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** Limits the run to source files whose path contains one of these comma-separated parts. */
    file: { type: 'string', default: '' },
    workers: { type: 'string', default: '1' },
    /** Mutants that have not started by then are not tried; the score covers the others. */
    minutes: { type: 'string', default: '600' },
    /** Tries only what the last report of the folder does not list as noticed. */
    left: { type: 'boolean', default: false },
  },
})
const unknown = positionals.filter((name) => !Object.hasOwn(rooms, name))
if (unknown.length > 0) {
  say(`no room is called ${unknown.join(', ')}; there are ${roomNames.join(', ')}`)
  process.exit(2)
}

async function runRoom(name: RoomName): Promise<Judged> {
  const room = roomOf(name)
  const mutated = await mutate(sourcesOf(room))
  const folder = join(repository, 'out', 'mutation')
  const report = join(folder, `${name}.txt`)
  mkdirSync(folder, { recursive: true })
  const before = values.left && existsSync(report) ? readFileSync(report, 'utf8') : ''
  const found = keptOf(before, mutated.mutants)
  const known = new Set(found.map(({ mutant }) => mutant))
  const open = mutated.mutants.filter((mutant) => !known.has(mutant))
  const parts = values.file.split(',')
  const isRequested = ({ file }: Mutant): boolean => parts.some((part) => file.includes(part))
  const mutants = open.filter(isRequested)
  const others = open
    .filter((mutant) => !isRequested(mutant))
    .map((mutant): Tried => ({ mutant, fate: 'notTried', by: '' }))
  say(`${name}: ${mutants.length} of ${mutated.mutants.length} mutants`)
  let reportedMs = 0
  const tried = await runMutants({ ...mutated, mutants }, testsOf(room), {
    workers: Number(values.workers),
    keepsState: room.keepsState ?? false,
    withinMs: Number(values.minutes) * 60_000,
    say,
    progress(sofar, of) {
      if (performance.now() - reportedMs < 15_000) return
      reportedMs = performance.now()
      say(`  ${sofar.length} of ${of}`)
      // --left continues a run that ended early.
      writeFileSync(report, reportOf(judge(name, [...found, ...sofar], new Set(), readKept())))
    },
  })
  const left = [...found, ...tried].filter(
    ({ fate }) => fate === 'survived' || fate === 'notReached',
  )
  const refused = compiles(left.map(({ mutant }) => mutant))
  const judged = judge(name, [...found, ...tried, ...others], refused, readKept())
  writeFileSync(report, reportOf(judged))
  return judged
}

let failed = false
for (const name of positionals.length > 0 ? (positionals as RoomName[]) : roomNames) {
  const judged = await runRoom(name)
  for (const line of judged.left) process.stdout.write(`${line}\n`)
  process.stdout.write(`${judged.sum}\n`)
  const isWhole = judged.tried.every(({ fate }) => fate !== 'notTried')
  const stale = isWhole ? staleIn(name, judged.tried, readKept()) : []
  for (const line of stale) process.stdout.write(`stale: ${line}\n`)
  failed ||= stale.length > 0 || judged.score < 90
}
process.exitCode = failed ? 1 : 0
