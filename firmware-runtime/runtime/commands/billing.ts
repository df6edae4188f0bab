// `etc-lane billing --data DIR`: our parking billing with an ETC access system of another maker (5.1 a, b; ADR 411). It runs
// the folder like `run`, and refuses one whose lot charges at a platform.
import { join, resolve } from 'node:path'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { joinedPlatform } from '#base/pure/lot/config.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { act, commandOf } from '#base/desk/commands/acts.ts'
import { serveFolder } from './run.ts'

/** Throws LOT-02 for a lot whose charges go to no access system. */
function mustBill(dir: string): void {
  const joined = joinedPlatform(loadLot(dir).config)
  if (joined?.interface === 'access') return
  throw new LaneFault('LOT-02', {
    file: join(dir, 'lot.json'),
    field: '/platform/interface',
    value: joined?.interface ?? '',
    note: t(
      '这个停车场的扣费不经别家的 ETC 接入系统',
      "the charges of this car park do not go to another maker's ETC access system",
    ),
  })
}

const bill = act(
  ['billing --data DIR [--timing standard|instant] [--announce ADDRESS]'],
  (flags, io) => {
    mustBill(resolve(flags.data))
    return serveFolder(flags, io)
  },
)

export const billingCommand = commandOf('billing', [bill])
