// What a centre says of its database, kept; and clocks of the machine for it.
import { systemMonoClock } from '../../firmware-runtime/adapters/clocks/system-clocks.ts'
import type { LaneFault } from '../../firmware-runtime/core/faults/faults.ts'
import { openPostgres, type OpenPostgres } from '../../centre/postgres/postgres.ts'

export interface Heard {
  readonly states: string[]
  readonly faults: LaneFault[]
  readonly log: string[]
}

export type HeardPostgres = OpenPostgres & Heard

interface Opening {
  readonly url?: string
  readonly programFolders?: readonly string[]
}

export async function openHeard(dir: string, opening: Opening = {}): Promise<HeardPostgres> {
  const heard: Heard = { states: [], faults: [], log: [] }
  const open = await openPostgres({
    dir,
    ...opening,
    mono: systemMonoClock(),
    told: {
      state: (state) => void heard.states.push(state),
      fault: (fault) => void heard.faults.push(fault),
      log: (line) => void heard.log.push(line),
    },
  })
  return { ...open, ...heard }
}
