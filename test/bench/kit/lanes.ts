// Adds lanes to a simulated lot with one pair, each with its own devices.
// Used to measure four or eight lanes.
import type { LotHarness } from '#harness/lot/lot-harness.ts'
import { spawnLauncher, startSimProcess } from '#harness/lot/sim-process.ts'
import type { SimProcess } from '#harness/lot/sim-process.ts'
import { writeLot } from '#lane/folder/lot-file.ts'
import { present } from '#base/pure/values/must.ts'
import { program } from './place.ts'

/** Writes a lot of that many pairs of lanes; returns the simulators of those after the first pair. */
export async function moreLanes(
  harness: LotHarness,
  dir: string,
  pairs: number,
): Promise<readonly SimProcess[]> {
  const config = present(harness.config, 'the devices run')
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
  for (let pair = 2; pair <= pairs; pair++)
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
