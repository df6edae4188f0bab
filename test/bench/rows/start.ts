// Process start to a lane that accepts cars, and resident memory when it runs, headless, against a
// bare Node. Devices and platform run before, so that their own start is not counted.
import { setTimeout as pause } from 'node:timers/promises'
import { LotWorld } from '../../../firmware-runtime/cli/world/lot-world.ts'
import { present } from '../../../firmware-runtime/core/values/must.ts'
import { resultOf } from '../kit/measure.ts'
import type { BenchResult, BenchRow } from '../kit/measure.ts'
import { inFolder, program } from '../kit/place.ts'
import { rssMb, startNode } from '../kit/processes.ts'

const roundCount = 9
/** After this a started process has opened its links and its heap has settled. */
const settleMs = 1_500
const bareScript = "process.stdout.write('ready\\n'); setInterval(() => undefined, 1000)"

async function measure(dir: string): Promise<readonly BenchResult[]> {
  const lot = `${dir}/lot`
  const world = new LotWorld({
    dir: lot,
    charge: 'online',
    offline: 'other-payment',
    variant: 'generic-bcc',
    timing: 'instant',
    seed: 1,
    capacity: 100,
    rsuLink: process.platform === 'linux' ? 'pty' : 'tcp',
    program: program(),
  })
  const starts: [number, number][] = []
  const weights: [number, number][] = []
  try {
    await world.startDevices()
    for (let round = -1; round < roundCount; round++) {
      const ours = await startNode([program(), 'run', '--data', lot, '--timing', 'instant'])
      const bare = await startNode(['-e', bareScript])
      await pause(settleMs)
      const pidOf = (started: typeof ours): number => present(started.child.pid, 'it runs')
      if (round >= 0) {
        starts.push([ours.firstLineMs, bare.firstLineMs])
        weights.push([rssMb(pidOf(ours)), rssMb(pidOf(bare))])
      }
      await Promise.all([ours.end(), bare.end()])
    }
  } finally {
    await world.stop()
  }
  const better = 'lower'
  return [
    resultOf(
      {
        metric: 'process start to lane accepts, two lanes',
        unit: 'ms',
        better,
        peerName: 'bare Node start to its first line',
      },
      starts,
    ),
    resultOf(
      { metric: 'memory headless, two lanes', unit: 'MB', better, peerName: 'bare Node' },
      weights,
    ),
  ]
}

export const startRow: BenchRow = {
  name: 'start',
  missing: () => (process.platform === 'linux' ? null : 'it reads /proc'),
  run: () => inFolder(measure),
}
