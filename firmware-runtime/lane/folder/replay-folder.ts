// The folder of a replay: empty at first; afterwards a mark shows how its ledger is to be read.
// A simulated ledger is chained with a stand-in key, so it must never be in a folder of a lot.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { orDiskFault } from '#base/pure/faults/disk-fault.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'

/** Marks a folder whose ledger was written by `replay` without --wire. */
const simulatedMark = 'replay.json'

const belongings = ['lot.json', 'ledger.db', 'ledger.db-wal', 'ledger.head', 'keys/chain.key']

/** Throws LOT-07 when the folder has a lot, a ledger or a chain key: a replay needs a folder of its own. */
function mustHoldNothing(dir: string): void {
  for (const name of [simulatedMark, ...belongings]) {
    const file = join(dir, name)
    if (existsSync(file)) throw new LaneFault('LOT-07', { file })
  }
}

export function makeReplayFolder(dir: string, overLinks: boolean): void {
  mustHoldNothing(dir)
  orDiskFault({ file: dir }, () => {
    mkdirSync(dir, { recursive: true, mode: 0o700 })
    if (!overLinks) writeFileSync(join(dir, simulatedMark), '{"mode":"sim","crypto":"stand-in"}\n')
  })
}

/** True when the folder's ledger is a simulated one. */
export const isSimulated = (dir: string): boolean =>
  existsSync(join(dir, simulatedMark)) && !existsSync(join(dir, 'lot.json'))
