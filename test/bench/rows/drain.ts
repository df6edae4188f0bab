// How fast a backlog is sent to a platform that is back: in sealed files of 400 records, beside single records at the highest
// setting of 200 a second. The whole service with its ledger, from the first to the last record that the platform
// receives.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { LotHarness } from '#harness/lot/lot-harness.ts'
import { must, present } from '#base/pure/values/must.ts'
import { writeBacklog } from '../kit/backlog.ts'
import { isBrief, resultOf, roundsOf, type BenchResult, type BenchRow } from '../kit/measure.ts'
import { inFolder, program } from '../kit/place.ts'
import { benchHarness } from '../kit/lot.ts'

const unsent = { files: isBrief ? 2_000 : 20_000, alone: isBrief ? 300 : 2_000 } as const
const pacePerMin = 12_000
const askEachMs = 20

async function received(harness: LotHarness): Promise<number> {
  const platform = present(harness.platform, 'the platform runs')
  const path = '/books?kind=exit-charges&limit=1'
  return (await platform.admin<{ count: number }>('GET', path)).count
}

/** Records a second. */
async function paceOf(dir: string, count: number, filesFrom: number | null): Promise<number> {
  const harness = benchHarness(dir)
  try {
    const config = await harness.startDevices()
    const file = join(dir, 'lot.json')
    const lot = JSON.parse(readFileSync(file, 'utf8')) as { platform: object }
    const platform = { ...lot.platform, ...(filesFrom === null ? { pacePerMin } : { filesFrom }) }
    writeFileSync(file, JSON.stringify({ ...lot, platform }))
    writeBacklog(dir, config, count, true)
    const child = spawn(
      process.execPath,
      [program(), 'run', '--data', dir, '--timing', 'instant'],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    )
    const gone = once(child, 'exit')
    try {
      let [heard, firstAtMs, first] = [0, 0, 0]
      while (heard < count) {
        must(child.exitCode === null, 'the lot with a backlog runs')
        await pause(askEachMs)
        heard = await received(harness)
        if (heard > 0 && first === 0) [first, firstAtMs] = [heard, performance.now()]
      }
      return ((count - first) * 1000) / (performance.now() - firstAtMs)
    } finally {
      child.kill('SIGKILL')
      await gone
    }
  } finally {
    await harness.stop()
  }
}

async function run(): Promise<readonly BenchResult[]> {
  const pairs: [number, number][] = []
  for (let round = 0; round < roundsOf(3); round++)
    pairs.push([
      await inFolder((dir) => paceOf(dir, unsent.files, 1)),
      await inFolder((dir) => paceOf(dir, unsent.alone, null)),
    ])
  const common = { unit: 'records/s', better: 'higher' } as const
  return [
    resultOf(
      { metric: 'a backlog goes, in sealed files', peerName: 'one record at a time', ...common },
      pairs,
    ),
    resultOf(
      { metric: 'a backlog goes, one at a time', peerName: 'the pace that is set', ...common },
      pairs.map(([, alone]) => [alone, pacePerMin / 60]),
    ),
  ]
}

export const drainRow: BenchRow = { run }
