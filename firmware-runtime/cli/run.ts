// `etc-lane run --data DIR`: the lane runtime of a folder, until SIGTERM or a fault that only a new
// start can judge. The first line on stdout says where it can be reached (contract.md section 2).
import { resolve } from 'node:path'
import type { RuntimeNotice } from '../api/wire.ts'
import { apiErrorOf } from '../app/api-fault.ts'
import { joinedPlatform, type LotConfig } from '../core/lot/config.ts'
import { faultJson, LaneFault } from '../core/values/faults.ts'
import type { ApiSession } from '../ports/api-host.ts'
import type { MonoClock } from '../ports/clocks.ts'
import { isPushed } from './cameras.ts'
import { closeAll, undoAll } from './close-all.ts'
import { flags, needed, oneOf, type CliIo, type Command } from './command.ts'
import type { Timing } from './device-world.ts'
import { LotHost } from './host.ts'
import { loadLot } from './lot.ts'
import { serveApi } from './served.ts'
import { version } from './version.ts'

/** A lot that is open and served, in whichever process. */
export interface Running {
  readonly endpoints: Readonly<Record<string, unknown>>
  session(): ApiSession
  readonly unsent: number
  stop(): Promise<void>
}

/** How a running lot ends by itself: an exit code, and the fault that led to it. */
export type EndOf = (code: number, fault: LaneFault | null) => void

export interface RunOptions {
  readonly dir: string
  readonly timing: Timing
  /** Absent: the machine's. */
  readonly mono?: MonoClock
  readonly end: EndOf
  /** A device cannot be reached; its lane runs degraded and tries on. */
  linkDown(fault: LaneFault, laneId: string): void
  /** Something is wrong with the data folder; the lanes go on. */
  folderFault?(fault: LaneFault): void
}

export async function openRun(options: RunOptions): Promise<Running> {
  const { dir, end } = options
  const { config, tariff } = loadLot(dir)
  const fatal = (fault: LaneFault): void => end(1, fault)
  const host = await LotHost.open({ ...options, config, tariff, demo: null, fatal })
  const undo: (() => unknown)[] = [() => host.stop()]
  try {
    return await announceRun(dir, host, undo)
  } catch (error) {
    await undoAll(undo)
    throw error
  }
}

/** Serves the API and says where: a lane that nobody can reach does not stay open. */
async function announceRun(dir: string, host: LotHost, undo: (() => unknown)[]): Promise<Running> {
  const { config } = host.site
  const session = host.session('owner')
  const served = await serveApi(
    dir,
    () => session,
    (error) => {
      throw error
    },
  )
  undo.push(() => served.close())
  const intake: Record<string, string> = {}
  for (const { id, camera } of config.lanes)
    if (isPushed(camera)) intake[id] = host.site.intake.url(id)
  for (const id of host.site.spaces.pushIds) intake[id] = host.site.intake.url(id)
  const endpoints = {
    ...served.endpoints,
    intake,
    platform: platformEndpoint(config),
    sims: {},
  }
  host.site.folder.announce(endpoints)
  return {
    endpoints,
    session: () => session,
    get unsent() {
      return host.unsent
    },
    stop: () => closeAll(undo.toReversed()),
  }
}

function platformEndpoint(config: LotConfig): object | null {
  const platform = joinedPlatform(config)
  if (platform === null) return null
  const { url, caFile, appId, certDir } = platform
  return { baseUrl: url, admin: null, caFile, appId, certDir }
}

/** Beyond this a stop is cut short: contract.md section 2 gives it 5 s. */
const stopWithinMs = 4_000

const line = (value: unknown): string => `${JSON.stringify(value)}\n`

/** Says one more line on stdout; what comes before `ready` waits for it, which is always the first. */
export type Say = (value: unknown) => void

function sayer(io: CliIo): { readonly say: Say; ready(value: unknown): void } {
  let early: unknown[] | null = []
  return {
    say(value) {
      if (early === null) io.stdout(line(value))
      else early.push(value)
    },
    ready(value) {
      const waiting = early ?? []
      early = null
      for (const one of [value, ...waiting]) io.stdout(line(one))
    },
  }
}

/** Serves what `open` opens until it is told to stop; answers the exit code. */
export async function serveUntilStopped(
  io: CliIo,
  open: (end: EndOf, say: Say) => Promise<Running>,
): Promise<number> {
  const ended = Promise.withResolvers<number>()
  const { say, ready } = sayer(io)
  let starts = true
  let isStopped = false
  const end: EndOf = (code, fault) => {
    // Told to stop while it starts: what fails then fails because it is stopped.
    if (starts && isStopped) return
    if (fault !== null) {
      io.stdout(line({ event: 'failed', ...faultJson(fault) }))
      io.stderr(`${fault.message}\n`)
    }
    // A ledger that failed half way must not be touched again by this process (2.8).
    if (code !== 0) process.exit(code)
    ended.resolve(code)
  }
  // Also while it still opens: what hangs there is cut short, as a stop that hangs is.
  io.onStop(() => {
    isStopped = true
    ended.resolve(0)
    setTimeout(() => process.exit(0), stopWithinMs).unref()
  })
  const running = await open(end, say).catch((error: unknown) => {
    if (isStopped) return null
    throw error
  })
  starts = false
  if (running === null) return 0
  const { endpoints } = running
  ready({ event: 'ready', apiVersion: 1, pid: process.pid, endpoints })
  const code = await ended.promise
  say({ event: 'stopping', unsent: running.unsent })
  setTimeout(() => process.exit(code), stopWithinMs).unref()
  await running.stop()
  return code
}

export const failedNotice = (error: unknown, unsent: number): RuntimeNotice => {
  const fault =
    error instanceof LaneFault
      ? error
      : new LaneFault('SYS-01', { note: error instanceof Error ? error.message : String(error) })
  return { type: 'runtime', state: 'failed', error: apiErrorOf(fault), unsent }
}

/** With `--announce ADDRESS`: says on that card by mDNS that a lane computer is here. */
async function announced(
  running: Running,
  dir: string,
  card: string,
  failed: (fault: LaneFault) => void,
): Promise<Running> {
  const { announceLanePc } = await import('../adapters/find/lane-pcs.ts')
  const { name, lotId, nodeId } = loadLot(dir).config
  const beacon = { name: `${name.zh} ${nodeId}`, lotId, nodeId, version }
  const quiet = announceLanePc({ card }, beacon, ({ message }) =>
    failed(new LaneFault('LINK-01', { value: card, note: message })),
  )
  return {
    endpoints: running.endpoints,
    session: () => running.session(),
    get unsent() {
      return running.unsent
    },
    async stop() {
      await Promise.all([quiet(), running.stop()])
    },
  }
}

export const runCommand: Command = {
  run(args, io) {
    const { values } = flags(args, { data: 'string', timing: 'string', announce: 'string' })
    const dir = resolve(needed(values.data, 'data'))
    const timing = oneOf(values.timing, 'timing', ['standard', 'instant'] as const, 'standard')
    return serveUntilStopped(io, async (end, say) => {
      const linkDown = (fault: LaneFault, laneId: string): void => {
        say({ event: 'fault', laneId, ...faultJson(fault) })
        io.stderr(`${fault.message}\n`)
      }
      const folderFault = (fault: LaneFault): void => linkDown(fault, '')
      const running = await openRun({ dir, timing, end, linkDown, folderFault })
      const { announce } = values
      if (announce === undefined) return running
      try {
        return await announced(running, dir, announce, folderFault)
      } catch (error) {
        await undoAll([() => running.stop()])
        throw error
      }
    })
  },
}
