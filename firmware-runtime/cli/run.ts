// `etc-lane run --data DIR`: the lane runtime of a folder, until SIGTERM or a fault that only a new
// start can judge. The first line on stdout says where it can be reached (contract.md section 2).
import { resolve } from 'node:path'
import type { RuntimeNotice } from '../api/wire.ts'
import { apiErrorOf } from '../app/api-fault.ts'
import { faultJson, LaneFault } from '../core/values/faults.ts'
import type { ApiSession } from '../ports/api-host.ts'
import { isPushed } from './cameras.ts'
import { flags, needed, oneOf, type CliIo, type Command } from './command.ts'
import type { Timing } from './device-world.ts'
import { LotHost } from './host.ts'
import { loadLot } from './lot.ts'
import { serveApi } from './served.ts'

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
  const session = host.session('owner')
  const served = await serveApi(
    dir,
    () => session,
    (error) => {
      throw error
    },
  )
  const intake: Record<string, string> = {}
  for (const { id, camera } of config.lanes)
    if (isPushed(camera)) intake[id] = host.site.intake.url(id)
  for (const id of host.site.spaces.pushIds) intake[id] = host.site.intake.url(id)
  const { platform } = config
  const endpoints = {
    ...served.endpoints,
    intake,
    platform:
      platform === null
        ? null
        : {
            baseUrl: platform.url,
            admin: null,
            caFile: platform.caFile,
            appId: platform.appId,
            certDir: platform.certDir,
          },
    sims: {},
  }
  host.site.folder.announce(endpoints)
  return {
    endpoints,
    session: () => session,
    get unsent() {
      return host.unsent
    },
    async stop() {
      await served.close()
      await host.stop()
    },
  }
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
  const end: EndOf = (code, fault) => {
    if (fault !== null) {
      io.stdout(line({ event: 'failed', ...faultJson(fault) }))
      io.stderr(`${fault.message}\n`)
    }
    // A ledger that failed half way must not be touched again by this process (2.8).
    if (code !== 0) process.exit(code)
    ended.resolve(code)
  }
  io.onStop(() => ended.resolve(0))
  const running = await open(end, say)
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

export const runCommand: Command = {
  run(args, io) {
    const { values } = flags(args, { data: 'string', timing: 'string' })
    const dir = resolve(needed(values.data, 'data'))
    const timing = oneOf(values.timing, 'timing', ['standard', 'instant'] as const, 'standard')
    return serveUntilStopped(io, (end, say) => {
      const linkDown = (fault: LaneFault, laneId: string): void => {
        say({ event: 'fault', laneId, ...faultJson(fault) })
        io.stderr(`${fault.message}\n`)
      }
      const folderFault = (fault: LaneFault): void => linkDown(fault, '')
      return openRun({ dir, timing, end, linkDown, folderFault })
    })
  },
}
