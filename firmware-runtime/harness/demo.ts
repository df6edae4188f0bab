// `etc-lane demo [--headless] [--data DIR]`: the demo lot with simulators on real links.
// A folder that exists goes on where it was: same ledger, same stores, same cars inside.
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { LaneFault } from '../core/faults/faults.ts'
import { act, commandOf } from '../cli/acts.ts'
import { DemoLot, standardDemo } from './demo/demo-lot.ts'
import { loadLot } from '../runtime/folder/lot-file.ts'
import { serveUntilStopped } from '../cli/run.ts'

/** Where the demo lives when no folder is named. */
export const demoFolder = (): string => join(homedir(), '.etc-lane-studio', 'demo')

/** A demo continues with its existing lot: an option that contradicts it is refused, not ignored. */
function mustAgree(dir: string, charge: string | undefined, offline: string | undefined): void {
  if (!existsSync(join(dir, 'lot.json'))) return
  const { config } = loadLot(dir)
  const differs = (field: string, value: string | undefined, has: string): void => {
    if (value === undefined || value === has) return
    throw new LaneFault('ARG-01', { file: dir, field, value, note: `the lot there has ${has}` })
  }
  differs('--charge', charge, config.chargeMode)
  differs('--offline', offline, config.offline)
}

/** The command never opens a window: `--headless` is accepted and changes nothing. */
const demo = act(
  [
    'demo [--headless] [--data DIR] [--charge online|card] [--offline other-payment|settle-later|accept-within-caps] [--timing standard|instant] [--seed N] [--traffic]',
  ],
  async (values, io) => {
    const dir = resolve(values.data ?? demoFolder())
    mustAgree(dir, values.charge, values.offline)
    return await serveUntilStopped(io, (end) =>
      DemoLot.open({
        ...standardDemo(dir, end),
        charge: values.charge ?? 'online',
        offline: values.offline ?? 'other-payment',
        timing: values.timing ?? 'standard',
        seed: values.seed ?? 1,
        traffic: values.traffic,
      }),
    )
  },
)

export const demoCommand = commandOf('demo', [demo])
