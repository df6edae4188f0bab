// Time from process start to a lane that accepts cars, and resident memory while it runs, headless, against a
// bare Node. Devices and platform are already running, and one start follows the end of the other, because a start
// beside another one is slower. Memory is that of four entries and four exits with their own devices.
import { setTimeout as pause } from 'node:timers/promises'
import type { SimProcess } from '#harness/lot/sim-process.ts'
import { present } from '#base/pure/values/must.ts'
import { moreLanes } from '../kit/lanes.ts'
import { resultOf, roundsOf, type BenchResult, type BenchRow } from '../kit/measure.ts'
import { inFolder, program } from '../kit/place.ts'
import { rssMb, startNode, type Started } from '../kit/processes.ts'
import { benchHarness } from '../kit/lot.ts'

const startRounds = roundsOf(9)
const weightRounds = roundsOf(3)
const bareScript = "process.stdout.write('ready\\n'); setInterval(() => undefined, 1000)"

interface Pauses {
  /** After this a started process has opened its links and its heap has settled. */
  readonly settleMs: number
  /** After this the devices of an ended process accept the next one. */
  readonly restMs: number
}
const settled: Pauses = { settleMs: 1_500, restMs: 500 }
/** A bare Node has neither links nor devices. */
const none: Pauses = { settleMs: 0, restMs: 0 }

/** Starts it, lets it settle, ends it and lets its devices settle, so that starts do not overlap. */
async function alone<T>(
  args: readonly string[],
  look: (started: Started) => T,
  pauses: Pauses,
): Promise<T> {
  const started = await startNode(args)
  await pause(pauses.settleMs)
  const seen = look(started)
  await started.end()
  await pause(pauses.restMs)
  return seen
}

/** The results of `look` for a lot's program and for a bare Node, in turn. */
async function besideBare<T>(
  lot: string,
  look: (started: Started) => T,
  count: number,
  ofBare: Pauses,
): Promise<(readonly [T, T])[]> {
  const pairs: [T, T][] = []
  const ours = (): Promise<T> =>
    alone([program(), 'run', '--data', lot, '--timing', 'instant'], look, settled)
  const bare = (): Promise<T> => alone(['-e', bareScript], look, ofBare)
  for (let round = -1; round < count; round++) {
    const early = round % 2 === 0 ? null : await bare()
    const pair: [T, T] = [await ours(), early ?? (await bare())]
    if (round >= 0) pairs.push(pair)
  }
  return pairs
}

interface StartTimes {
  readonly wall: number
  readonly cpu: number
}

function resultsOf(
  starts: readonly (readonly [StartTimes, StartTimes])[],
  weights: readonly (readonly [number, number])[],
): readonly BenchResult[] {
  const beside = (unit: string, metric: string, peerName: string) => ({
    metric,
    unit,
    better: 'lower' as const,
    peerName,
  })
  const bareStart = 'bare Node start to its first line'
  return [
    resultOf(
      beside('ms', 'process start to lane accepts, two lanes', bareStart),
      starts.map(([ours, bare]) => [ours.wall, bare.wall]),
    ),
    resultOf(
      beside('ms', 'processor time of a start, two lanes', bareStart),
      starts.map(([ours, bare]) => [ours.cpu, bare.cpu]),
    ),
    resultOf(beside('MB', 'memory headless, eight lanes', 'bare Node'), weights),
  ]
}

async function measure(dir: string): Promise<readonly BenchResult[]> {
  const lot = `${dir}/lot`
  const harness = benchHarness(lot, { charge: 'online' })
  const sims: SimProcess[] = []
  try {
    await harness.startDevices()
    const starts = await besideBare(
      lot,
      ({ firstLineMs, firstLineCpuMs }) => ({ wall: firstLineMs, cpu: firstLineCpuMs }),
      startRounds,
      none,
    )
    sims.push(...(await moreLanes(harness, `${dir}/eight`, 4)))
    const weights = await besideBare(
      `${dir}/eight`,
      ({ child }) => rssMb(present(child.pid, 'it runs')),
      weightRounds,
      settled,
    )
    return resultsOf(starts, weights)
  } finally {
    await Promise.all(sims.map((sim) => sim.kill()))
    await harness.stop()
  }
}

export const startRow: BenchRow = {
  missing: () => (process.platform === 'linux' ? null : 'it reads /proc'),
  run: () => inFolder(measure),
}
