// The display simulator as a process: the model of model.ts behind a pty or a TCP serial server.
// GET /state shows lines, speech and the page to pay by, as a person in front of it would.
import { hexOf } from '../../core/values/bytes.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import { openLinkSim } from '../shell/link-sim.ts'
import { startSim } from '../shell/process.ts'
import type { RunningSim, SimHandle, SimPlan } from '../shell/process.ts'
import { createDisplayModel, displayFaults } from './model.ts'

/** What can be read back of what was shown; older rows are in the store file alone. */
const rowsKept = 10_000

export const displaySimPlan: SimPlan = {
  name: 'display-sim',
  listens: ['pty', 'tcp'],
  variants: ['olm'],
  flags: { password: 'TEXT', address: 'N' },
  faults: displayFaults,
  /** A board that is locked, and an address of its own on the bus. */
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
    return sim.running(
      {},
      {
        storePage: ({ after, limit }) => ({
          count: rows.length,
          rows: rows.slice(after, after + limit),
        }),
      },
    )
  },
}

/** The same in this process, for tests. */
export const startDisplaySim = (
  argv: readonly string[],
  failed: (error: unknown) => void,
): Promise<SimHandle> => startSim(displaySimPlan, argv, failed)
