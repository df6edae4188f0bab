// `etc-lane demo [--headless] [--data DIR]`: the demo lot with simulators on real links.
// A folder that exists goes on where it was: same ledger, same stores, same cars inside.
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { openOf, standardLayout } from '#lane/pure/layouts/index.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { act, commandOf } from '#base/desk/commands/acts.ts'
import { DemoLot, standardDemo } from './demo/demo-lot.ts'
import { soakAct } from './demo/soak.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { serveUntilStopped } from '#runtime/commands/run.ts'

/** Where the demo lives when no folder is named. */
export const demoFolder = (): string => join(homedir(), '.etc-lane-studio', 'demo')

interface Wished {
  readonly charge?: string | undefined
  readonly offline?: string | undefined
  readonly layout?: string | undefined
}

/** A demo continues with its existing lot: an option that contradicts it is refused, not ignored. */
function mustAgree(dir: string, { charge, offline, layout }: Wished): void {
  if (!existsSync(join(dir, 'lot.json'))) return
  const { config } = loadLot(dir)
  const differs = (field: string, value: string | undefined, has: string): void => {
    if (value === undefined || value === has) return
    throw new LaneFault('ARG-01', { file: dir, field, value, note: `the lot there has ${has}` })
  }
  differs('--charge', charge, config.chargeMode)
  differs('--offline', offline, config.offline)
  differs('--layout', layout, config.layout ?? '')
}

const layoutNote = t(
  `演示有 ${standardLayout} 和 7.2 的五种布局`,
  `the demo has ${standardLayout} and the five layouts of 7.2`,
)

/** The command never opens a window: `--headless` is accepted and changes nothing. */
const demo = act(
  [
    'demo [--headless] [--data DIR] [--layout CLAUSE] [--charge online|card] [--offline other-payment|settle-later|accept-within-caps] [--timing standard|instant] [--seed N] [--traffic]',
  ],
  async (values, io) => {
    const dir = resolve(values.data ?? demoFolder())
    mustAgree(dir, values)
    const { layout } = values
    if (layout !== undefined && layout !== standardLayout && openOf(layout) === null)
      throw new LaneFault('ARG-01', { field: '--layout', value: layout, note: layoutNote })
    return await serveUntilStopped(io, (end) =>
      DemoLot.open({
        ...standardDemo(dir, end),
        charge: values.charge ?? 'online',
        offline: values.offline ?? 'other-payment',
        timing: values.timing ?? 'standard',
        seed: values.seed ?? 1,
        traffic: values.traffic,
        ...(layout === undefined ? {} : { layout }),
      }),
    )
  },
)

export const demoCommand = commandOf('demo', [demo, soakAct])
