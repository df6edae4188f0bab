// Process start to a lane that accepts cars, and resident memory when it runs, headless, against a
// bare Node. Devices and platform run before, so that their own start is not counted. Memory is that
// of eight lanes: four entries and four exits, each with devices of its own.
import { setTimeout as pause } from 'node:timers/promises'
import { writeLot } from '../../../firmware-runtime/cli/lot.ts'
import { LotWorld } from '../../../firmware-runtime/cli/world/lot-world.ts'
import { spawnLauncher, startSimProcess } from '../../../firmware-runtime/cli/world/sim-process.ts'
import type { SimProcess } from '../../../firmware-runtime/cli/world/sim-process.ts'
import { present } from '../../../firmware-runtime/core/values/must.ts'
import { resultOf, roundsOf } from '../kit/measure.ts'
import type { BenchResult, BenchRow } from '../kit/measure.ts'
import { inFolder, program } from '../kit/place.ts'
import { rssMb, startNode } from '../kit/processes.ts'
import type { Started } from '../kit/processes.ts'

const startRounds = roundsOf(9)
const weightRounds = roundsOf(3)
/** After this a started process has opened its links and its heap has settled. */
const settleMs = 1_500
const bareScript = "process.stdout.write('ready\\n'); setInterval(() => undefined, 1000)"

/** Seven more lanes beside the one pair of the world; answers their simulators. */
async function eightLanes(world: LotWorld, dir: string): Promise<readonly SimProcess[]> {
  const config = present(world.config, 'the devices run')
  const sims: SimProcess[] = []
  const start = async (name: string, ...args: string[]): Promise<string> => {
    const admin = ['--admin', 'http://127.0.0.1:0', '--timing', 'instant', '--seed', '1']
    const listen = ['--listen', 'tcp://127.0.0.1:0']
    const sim = await startSimProcess(
      name,
      [...admin, ...listen, ...args],
      spawnLauncher(program()),
    )
    sims.push(sim)
    return present(sim.endpoints.link, `${name} has a link`)
  }
  const lanes = [...config.lanes]
  for (let pair = 2; pair <= 4; pair++)
    for (const lane of config.lanes) {
      const barrier = await start('barrier-sim')
      const link = lane.rsu === null ? null : await start('rsu-sim', '--variant', 'generic-bcc')
      const rsu = link === null ? null : `${link}?variant=generic-bcc`
      const display = lane.display === null ? null : await start('display-sim')
      lanes.push({ ...lane, id: `${lane.id}-${pair}`, barrier, rsu, display })
    }
  writeLot(dir, { ...config, lanes }, null)
  return sims
}

async function besideBare(
  lot: string,
  note: (ours: Started, bare: Started) => void,
  rounds: number,
): Promise<void> {
  for (let round = -1; round < rounds; round++) {
    const ours = await startNode([program(), 'run', '--data', lot, '--timing', 'instant'])
    const bare = await startNode(['-e', bareScript])
    await pause(settleMs)
    if (round >= 0) note(ours, bare)
    await Promise.all([ours.end(), bare.end()])
  }
}

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
  const sims: SimProcess[] = []
  try {
    await world.startDevices()
    await besideBare(
      lot,
      (ours, bare) => starts.push([ours.firstLineMs, bare.firstLineMs]),
      startRounds,
    )
    sims.push(...(await eightLanes(world, `${dir}/eight`)))
    const pidOf = (started: Started): number => present(started.child.pid, 'it runs')
    await besideBare(
      `${dir}/eight`,
      (ours, bare) => weights.push([rssMb(pidOf(ours)), rssMb(pidOf(bare))]),
      weightRounds,
    )
  } finally {
    await Promise.all(sims.map((sim) => sim.kill()))
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
      { metric: 'memory headless, eight lanes', unit: 'MB', better, peerName: 'bare Node' },
      weights,
    ),
  ]
}

export const startRow: BenchRow = {
  name: 'start',
  missing: () => (process.platform === 'linux' ? null : 'it reads /proc'),
  run: () => inFolder(measure),
}
