// The display simulator as a process: the model of model.ts behind a pty or a TCP serial server.
// GET /state shows lines, speech and the page to pay by, as a person in front of it would.
import { hexOf } from '../../core/values/bytes.ts'
import { LaneFault } from '../../core/values/faults.ts'
import { ModelDriver, nowUs } from '../shell/driver.ts'
import { openSimLink } from '../shell/link.ts'
import { runSim, startSim } from '../shell/process.ts'
import type { RunningSim, SimHandle, SimPlan } from '../shell/process.ts'
import { createDisplayModel, displayFaults } from './model.ts'
import type { DisplayOutput } from './model.ts'

/** What can be read back of what was shown; older rows are in the books file alone. */
const rowsKept = 10_000

export const displaySimPlan: SimPlan = {
  name: 'display-sim',
  faults: displayFaults,
  /** A board that is locked, and an address of its own on the bus. */
  extraFlags: ['password', 'address'],
  async start(context): Promise<RunningSim> {
    const { args, faults, books, journal } = context
    if (args.variant !== null && args.variant !== 'olm') {
      throw new LaneFault('ARG-01', { field: '--variant', value: args.variant })
    }
    const { timing, seed, extra } = args
    const address = Number(extra['address'] ?? '0')
    if (!Number.isInteger(address) || address < 0 || address > 255) {
      throw new LaneFault('ARG-01', { field: '--address', value: extra['address'] ?? '' })
    }
    const password = extra['password'] ?? null
    const model = createDisplayModel({ timing, seed, faults, password, address })
    const rows: unknown[] = [...books.rows].slice(-rowsKept)
    const link = await openSimLink(args.listen, {
      up: (client) => journal.note('note', `client ${client} came`),
      bytes(chunk, client) {
        journal.note('in', hexOf(chunk))
        driver.out(model.onBytes(chunk, nowUs(), client))
      },
      down: (client) => model.linkDown(client),
      failed: context.failed,
    })
    const driver = new ModelDriver<DisplayOutput>(model, (outputs) => {
      for (const output of outputs) {
        if (output.do === 'send') {
          journal.note('out', hexOf(output.bytes))
          link.send(output.bytes, output.client)
        } else if (output.do === 'row') {
          rows.push(output.row)
          if (rows.length > rowsKept) rows.shift()
          books.books.append(output.row).catch(context.failed)
        } else if (output.do === 'unplug') link.unplug(output.ms)
      }
    })
    return {
      endpoints: { link: link.url },
      state: () => {
        driver.catchUp()
        const { url, bytesIn, bytesOut } = link
        return { ...model.state(), link: { url, bytesIn, bytesOut } }
      },
      booksPage: ({ after, limit }) => ({
        count: rows.length,
        rows: rows.slice(after, after + limit),
      }),
      routes: {
        'POST /act': ({ body }) => {
          const given = typeof body === 'object' ? body : null
          const action = faults.check({ ...given, at: 'link', when: 'before' })
          driver.out(model.act(action, nowUs()))
          return model.state()
        },
        'DELETE /faults': () => {
          faults.clear()
          model.mend()
          return { faults: [] }
        },
      },
      async stop() {
        driver.stop()
        await link.close()
      },
    }
  },
}

/** The `display-sim` command: runs until SIGTERM and answers the exit code. */
export const runDisplaySim = (argv: readonly string[]): Promise<number> =>
  runSim(displaySimPlan, argv)

/** The same in this process, for tests. */
export const startDisplaySim = (
  argv: readonly string[],
  failed: (error: unknown) => void,
): Promise<SimHandle> => startSim(displaySimPlan, argv, failed)
