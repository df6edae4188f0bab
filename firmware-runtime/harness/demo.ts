// `etc-lane demo [--headless] [--data DIR]`: the demo lot with simulators on real links.
// A folder that exists goes on where it was: same ledger, same books, same cars inside.
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { LaneFault } from '../core/values/faults.ts'
import { flags, oneOf, whole, type Command } from '../cli/command.ts'
import { DemoLot, standardDemo } from './demo/demo-lot.ts'
import { loadLot } from '../runtime/folder/lot-file.ts'
import { serveUntilStopped } from '../cli/run.ts'

/** Where the demo lives when no folder is named. */
export const demoFolder = (): string => join(homedir(), '.etc-lane-studio', 'demo')

/** A demo goes on with the lot it has: what was asked for and is not so is refused, not ignored. */
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

export const demoCommand: Command = {
  usage: ['demo [--headless] [--data DIR]'],
  async run(args, io) {
    const { values } = flags(args, {
      headless: 'boolean',
      data: 'string',
      charge: 'string',
      offline: 'string',
      timing: 'string',
      seed: 'string',
      traffic: 'boolean',
    })
    const dir = resolve(values.data ?? demoFolder())
    mustAgree(dir, values.charge, values.offline)
    return await serveUntilStopped(io, (end) =>
      DemoLot.open({
        ...standardDemo(dir, end),
        charge: oneOf(values.charge, 'charge', ['card', 'online'] as const, 'online'),
        offline: oneOf(
          values.offline,
          'offline',
          ['other-payment', 'settle-later', 'accept-within-caps'] as const,
          'other-payment',
        ),
        timing: oneOf(values.timing, 'timing', ['standard', 'instant'] as const, 'standard'),
        seed: whole(values.seed, 'seed', 1),
        traffic: values.traffic,
      }),
    )
  },
}
