// A lot of a data folder, opened and served: its API on loopback, and where it can be reached.
// With a card it says by mDNS that a lane computer is here.
import type { RuntimeNotice } from '../../api/messages.ts'
import { apiErrorOf } from '../../app/api-fault.ts'
import { joinedPlatform, type LotConfig } from '../../core/lot/config.ts'
import { LaneFault } from '../../core/values/faults.ts'
import type { ApiSession } from '../../ports/api-host.ts'
import type { BusinessClock, MonoClock } from '../../ports/clocks.ts'
import { isPushed } from '../lane/cameras.ts'
import { closeAll, undoAll } from '../folder/close-all.ts'
import type { Timing } from '../lane/device-ports.ts'
import { LotHost } from './host.ts'
import { loadLot } from '../folder/lot-file.ts'
import { serveApi } from './served.ts'
import { version } from '../folder/version.ts'

/** A lot that is open and served, in whichever process. */
export interface Running {
  readonly endpoints: Readonly<Record<string, unknown>>
  session(): ApiSession
  readonly unsent: number
  stop(): Promise<void>
}

/** How a running lot ends by itself: an exit code, and the fault that led to it. */
export type EndOf = (code: number, fault: LaneFault | null) => void

interface RunOptions {
  readonly dir: string
  readonly timing: Timing
  /** Absent: the machine's. */
  readonly mono?: MonoClock
  readonly business?: BusinessClock
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
  const endpoints = { ...served.endpoints, intake, platform: platformEndpoint(config), sims: {} }
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

export const failedNotice = (error: unknown, unsent: number): RuntimeNotice => {
  const fault =
    error instanceof LaneFault
      ? error
      : new LaneFault('SYS-01', { note: error instanceof Error ? error.message : String(error) })
  return { type: 'runtime', state: 'failed', error: apiErrorOf(fault), unsent }
}

/** With `--announce ADDRESS`: says on that card by mDNS that a lane computer is here. */
export async function announced(
  running: Running,
  dir: string,
  card: string,
  failed: (fault: LaneFault) => void,
): Promise<Running> {
  const { announceLanePc } = await import('../../adapters/find/lane-pcs.ts')
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
