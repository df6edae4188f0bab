// What a person at the desk of a centre waits for: its calls on the fold tables of a year of a hundred lots with 300 cars
// a day, 11 million stays, against the 3 s of many-lots.md. A brief run has a hundredth of it.
import { existsSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { must } from '#base/pure/values/must.ts'
import type { DeskCalls } from '../../../centre/desk/calls/views.ts'
import { fillCentre, filledLot } from '../../kit/centre-year.ts'
import { startMs, testDesk } from '../../kit/test-desk.ts'
import { isBrief, roundsOf, tailOf, type BenchResult, type BenchRow } from '../kit/measure.ts'

const promisedMs = 3_000
const lots = 100
const days = isBrief ? 4 : 365
const cars = 300
const roundCount = roundsOf(4)
const callsEach = 10
const bytesNeeded = 25e9

/** Each is measured with its arguments; a call that reads the fold tables has a line here. */
const asked: readonly (readonly [name: keyof DeskCalls, args: object])[] = [
  ['today.get', {}],
  ['lots.list', {}],
  ['lots.get', { lotId: filledLot(50) }],
  ['state.seq', {}],
]

function missing(): string | null {
  if (!existsSync('/usr/lib/postgresql')) return 'PostgreSQL is not installed'
  const { bavail, bsize } = statfsSync(tmpdir())
  return !isBrief && bavail * bsize < bytesNeeded ? 'less than 25 GB are free' : null
}

async function run(): Promise<readonly BenchResult[]> {
  const test = await testDesk()
  try {
    const filledMs = performance.now()
    await fillCentre(test.centre, { lots, days, cars, nowMs: startMs })
    const seconds = Math.round((performance.now() - filledMs) / 1_000)
    const { rows } = await test.centre.owner('SELECT count(*)::int AS stays FROM centre.stay')
    process.stderr.write(`centre: ${rows[0].stays} stays, made in ${seconds} s\n`)
    const browser = await test.signedIn()
    const results: BenchResult[] = []
    for (const [name, args] of asked) {
      const sampled: { ours: number[]; peer: number[] }[] = []
      for (let round = 0; round <= roundCount; round++) {
        const ours: number[] = []
        for (let turn = 0; turn < callsEach; turn++) {
          const fromMs = performance.now()
          const { status } = await browser.call(name, args)
          ours.push(performance.now() - fromMs)
          must(status === 200, `${name} is answered`)
        }
        if (round > 0) sampled.push({ ours, peer: ours.map(() => promisedMs) })
      }
      const metric = `desk of a centre: ${name}, p95, of the time that is promised`
      const peerName = '3 s'
      results.push(tailOf({ metric, unit: 'ms', peerName, better: 'lower' }, 0.95, sampled))
    }
    return results
  } finally {
    await test.close()
  }
}

export const centreRow: BenchRow = { missing, run }
