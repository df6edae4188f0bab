// The display simulator as a process: the model of model.ts behind a pty or a TCP serial server.
// GET /state shows lines, speech and payment page as a person in front of the board would see them.
import { hexOf } from '#base/pure/data/bytes.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { openLinkSim } from '../shell/link-sim.ts'
import { type RunningSim, type SimPlan } from '../shell/process.ts'
import { createDisplayModel, displayFaults } from './model.ts'
import { rowsIn } from '../shell/members.ts'

/** Rows that can be read back; older ones are only in the store file. */
const rowsKept = 10_000

export const displaySimPlan: SimPlan = {
  name: 'display-sim',
  listens: ['pty', 'tcp'],
  variants: ['olm'],
  flags: { password: 'TEXT', address: 'N' },
  faults: displayFaults,
  /** Flags: a password of a locked board, and its address on the bus. */
  async start(context): Promise<RunningSim> {
    const { args, faults, store } = context
    const { timing, seed, extra } = args
    const address = Number(extra['address'] ?? '0')
    if (!Number.isInteger(address) || address < 0 || address > 255) {
      throw new LaneFault('ARG-01', { field: '--address', value: extra['address'] ?? '' })
    }
    const password = extra['password'] ?? null
    const model = createDisplayModel({ timing, seed, faults, password, address })
    const rows: unknown[] = [...store.rows].slice(-rowsKept)
    const sim = await openLinkSim(context, model, {
      shown: hexOf,
      keepsLink: true,
      row(row) {
        rows.push(row)
        if (rows.length > rowsKept) rows.shift()
      },
    })
    return sim.running({}, { storePage: rowsIn(rows) })
  },
}
