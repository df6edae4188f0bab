// The process around a simulator: arguments, store, admin side, ready line, end.
// A simulator supplies a plan; everything common is here.
import { diskFault, isDiskError } from '#base/pure/faults/disk-fault.ts'
import { LaneFault, faultJson } from '#base/pure/faults/faults.ts'
import { queryNumber, startAdmin, type AdminRoutes } from './admin.ts'
import { parseSimArguments, type SimArguments, type SimFlags } from './arguments.ts'
export { usageOf } from './arguments.ts'
import { openStore, type OpenedStore } from './store.ts'
import { createFaultEngine, type FaultEngine, type FaultEngineOptions } from './faults.ts'
import { createJournal, type Journal } from './journal.ts'

export interface SimContext {
  readonly args: SimArguments
  readonly faults: FaultEngine
  readonly store: OpenedStore
  readonly journal: Journal
  /** Reports an unexpected error on stderr; the process ends with 1. */
  failed(error: unknown): void
}

interface SimPage {
  readonly after: number
  readonly limit: number
  readonly query: URLSearchParams
}

export interface RunningSim {
  /** Members of `endpoints` in the ready line beside `admin`, for example `{ link }`. */
  readonly endpoints: Readonly<Record<string, string>>
  state(query: URLSearchParams): unknown
  /** The answer of GET /books. */
  storePage(page: SimPage): unknown
  readonly routes?: AdminRoutes
  /** All routes with the caller's rights applied; absent: everyone on this machine may use them. */
  guard?(routes: AdminRoutes): AdminRoutes
  /** Ends listeners and timers. The shell closes admin and store afterwards. */
  stop(): Promise<void>
}

export interface SimPlan extends SimFlags {
  readonly faults?: FaultEngineOptions
  /** True when `--books` may name more than a file. */
  openStore?(books: string | null, failed: (error: unknown) => void): Promise<OpenedStore>
  start(context: SimContext): Promise<RunningSim>
}

export interface SimHandle {
  readonly endpoints: Readonly<Record<string, string>>
  stop(): Promise<void>
}

const pageRowsMax = 100_000
const stopWithinMs = 4_000

function sharedRoutes(sim: RunningSim, context: SimContext): AdminRoutes {
  const { faults, journal, store } = context
  return {
    'GET /state': ({ query }) => sim.state(query),
    // The reported rows are on disk: a kill after the answer loses none.
    'GET /books': async ({ query }) => {
      const page = sim.storePage({
        after: queryNumber(query, 'after', 0),
        limit: Math.min(queryNumber(query, 'limit', pageRowsMax), pageRowsMax),
        query,
      })
      await store.writer.settled()
      return page
    },
    'GET /log': ({ query }) => ({
      entries: journal.after(queryNumber(query, 'after', 0), queryNumber(query, 'limit', 1000)),
    }),
    'GET /faults': () => ({ faults: faults.list() }),
    'POST /faults': ({ body }) => ({ ids: faults.add(body) }),
    'DELETE /faults': () => {
      faults.clear()
      return { faults: [] }
    },
    ...sim.routes,
  }
}

/** Starts a simulator in this process. Throws a LaneFault when it cannot. */
export async function startSim(
  plan: SimPlan,
  argv: readonly string[],
  failed: (error: unknown) => void,
): Promise<SimHandle & { readonly args: SimArguments }> {
  const args = parseSimArguments(argv, plan)
  const { storeFile } = args
  const store = (await plan.openStore?.(storeFile, failed)) ?? openStore(storeFile)
  const context: SimContext = {
    args,
    store,
    failed,
    faults: createFaultEngine(plan.faults),
    journal: createJournal(() => Date.now()),
  }
  let sim: RunningSim | null = null
  try {
    sim = await plan.start(context)
    const routes = sharedRoutes(sim, context)
    const admin = await startAdmin(args.admin, sim.guard?.(routes) ?? routes, failed)
    const running = sim
    return {
      args,
      endpoints: { ...running.endpoints, admin: admin.url },
      async stop() {
        await Promise.all([admin.close(), running.stop()])
        await store.writer.close()
      },
    }
  } catch (error) {
    await sim?.stop()
    await store.writer.close()
    throw error
  }
}

/** `startSim` of one simulator, for tests and the demo. */
export const starterOf =
  (plan: SimPlan) =>
  (argv: readonly string[], failed: (error: unknown) => void): Promise<SimHandle> =>
    startSim(plan, argv, failed)

/** Calls `end` on a signal, or when the parent process is gone. */
function asksToEnd(dieWithParent: boolean, end: () => void): void {
  process.once('SIGTERM', end)
  process.once('SIGINT', end)
  if (!dieWithParent) return
  process.stdin.once('end', end)
  process.stdin.once('close', end)
  process.stdin.once('error', end)
  process.stdin.resume()
}

/**
 * Runs a simulator as this process until it is told to end. Returns the exit code: 0 ended on request, 1 a bug of the
 * simulator, 2 could not start (the error is printed as JSON).
 */
export async function runSim(
  plan: SimPlan,
  argv: readonly string[],
  put = (text: string): void => void process.stdout.write(text),
): Promise<number> {
  const ended = Promise.withResolvers<number>()
  const failed = (error: unknown): void => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    process.stderr.write(`${plan.name}: ${text}\n`)
    ended.resolve(1)
  }
  let handle
  try {
    handle = await startSim(plan, argv, failed)
  } catch (error) {
    if (!(error instanceof LaneFault) && !isDiskError(error)) throw error
    const fault = diskFault(error, {}, 'FILE-01')
    put(`${JSON.stringify(faultJson(fault))}\n`)
    return 2
  }
  asksToEnd(handle.args.dieWithParent, () => ended.resolve(0))
  const { args, endpoints } = handle
  const seed = plan.rollsSeed === true ? { seed: args.seed } : {}
  const ready = { event: 'ready', apiVersion: 1, pid: process.pid, endpoints, ...seed }
  put(`${JSON.stringify(ready)}\n`)
  const code = await ended.promise
  // Reading from a parent that is still there would keep the process alive.
  if (handle.args.dieWithParent) process.stdin.destroy()
  const late = setTimeout(() => process.exit(code), stopWithinMs)
  await handle.stop()
  clearTimeout(late)
  return code
}
