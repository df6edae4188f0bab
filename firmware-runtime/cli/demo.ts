// `etc-lane demo [--headless] [--data DIR]`: the demo lot with simulators on real links.
// A folder that exists goes on where it was: same ledger, same books, same cars inside.
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { flags, oneOf, whole, type Command } from './command.ts'
import { DemoLot, type DemoOptions } from './demo/demo-lot.ts'
import { serveUntilStopped, type EndOf } from './run.ts'

/** Where the demo lives when no folder is named. */
export const demoFolder = (): string => join(homedir(), '.etc-lane-studio', 'demo')

export const standardDemo = (dir: string, end: EndOf): DemoOptions => ({
  dir,
  charge: 'online',
  offline: 'other-payment',
  timing: 'standard',
  seed: 1,
  traffic: false,
  end,
  powerCut: null,
})

export const demoCommand: Command = {
  run(args, io) {
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
    return serveUntilStopped(io, (end) =>
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
