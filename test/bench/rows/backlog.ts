// A restart with 100,000 uploads that no platform has: process start to the first of them at a real platform
// simulator, and resident memory some seconds later. Once from the state that was kept, once with all rows
// folded anew. The peers are what is promised: 2 s and 250 MB.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, rmSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { foldFileNames } from '../../../firmware-runtime/adapters/files/fold-file.ts'
import { LotHarness } from '../../../firmware-runtime/harness/lot/lot-harness.ts'
import { must, present } from '../../../firmware-runtime/core/values/must.ts'
import { writeBacklog } from '../kit/backlog.ts'
import { isBrief, resultOf, roundsOf } from '../kit/measure.ts'
import type { BenchResult, BenchRow } from '../kit/measure.ts'
import { inFolder, program } from '../kit/place.ts'
import { rssMb } from '../kit/processes.ts'

const stays = isBrief ? 3_000 : 100_000
const promisedMs = 2_000
const promisedMb = 250
const askEachMs = 10
/** Nobody waits for an upload for ever: the row fails and says so. */
const uploadWithinMs = 60_000
/** By then the services have their day and the catching up of a start is done. */
const settleMs = 5_000

type Note = readonly [firstUploadMs: number, mb: number]

/** Uploads that the platform has heard of. */
async function uploadsReceived(harness: LotHarness): Promise<number> {
  const platform = present(harness.platform, 'the platform runs')
  const { count } = await platform.admin<{ count: number }>(
    'GET',
    '/books?kind=exit-charges&limit=1',
  )
  return count
}

async function restart(harness: LotHarness): Promise<Note> {
  const { dir } = harness.options
  const before = await uploadsReceived(harness)
  const startNs = process.hrtime.bigint()
  const sinceMs = (): number => Number(process.hrtime.bigint() - startNs) / 1e6
  const command = [program(), 'run', '--data', dir, '--timing', 'instant']
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'ignore', 'inherit'] })
  const gone = once(child, 'exit')
  try {
    while ((await uploadsReceived(harness)) === before) {
      must(child.exitCode === null, 'the lot with a backlog runs')
      must(sinceMs() < uploadWithinMs, 'an upload comes within a minute')
      await pause(askEachMs)
    }
    const firstUploadMs = sinceMs()
    await pause(settleMs)
    return [firstUploadMs, rssMb(present(child.pid, 'it runs'))]
  } finally {
    // Without a word, as a power cut: an orderly stop would keep a newer state.
    child.kill('SIGKILL')
    await gone
  }
}

function results(how: string, notes: readonly Note[]): readonly BenchResult[] {
  const better = 'lower'
  const of = `${stays.toLocaleString('en')} unsent, ${how}`
  return [
    resultOf(
      { metric: `start to first upload, ${of}`, unit: 'ms', better, peerName: 'what is promised' },
      notes.map(([ms]) => [ms, promisedMs]),
    ),
    resultOf(
      { metric: `memory, ${of}`, unit: 'MB', better, peerName: 'what is promised' },
      notes.map(([, mb]) => [mb, promisedMb]),
    ),
  ]
}

async function measure(dir: string): Promise<readonly BenchResult[]> {
  const lot = `${dir}/lot`
  const harness = new LotHarness({
    dir: lot,
    charge: 'card',
    offline: 'other-payment',
    variant: 'generic-bcc',
    timing: 'instant',
    seed: 1,
    capacity: 100,
    rsuLink: process.platform === 'linux' ? 'pty' : 'tcp',
    program: program(),
  })
  try {
    writeBacklog(lot, await harness.startDevices(), stays)
    const { now } = foldFileNames(lot)
    copyFileSync(now, `${dir}/fold`)
    const kept: Note[] = []
    for (let round = 0; round < roundsOf(3); round++) {
      copyFileSync(`${dir}/fold`, now)
      kept.push(await restart(harness))
    }
    rmSync(now)
    const anew = [await restart(harness)]
    return [...results('kept state', kept), ...results('all rows folded anew', anew)]
  } finally {
    await harness.stop()
  }
}

export const backlogRow: BenchRow = {
  missing: () => (process.platform === 'linux' ? null : 'it reads /proc'),
  run: () => inFolder(measure),
}
