// The view of a lane beside its state: devices and printers, display, the last code read, and its help call.
// A device that was taken over is shown as held.
import { deviceOff } from '#base/desk/handlers/board.ts'
import { byLaneKind, type LaneKind } from '#base/pure/device-kinds/lane-kinds.ts'
import { cameraView, deviceView, heldView } from '#devices/desk/handlers/device-views.ts'
import type { BoomParts } from '#devices/desk/handlers/control-booms.ts'
import type { HeldDevice } from '#devices/calls/safety-views.ts'
import type { DeviceView, LaneSeen } from '#lane/calls/views.ts'
import type { DeviceHandle } from '#devices/desk/lane/device-ports.ts'
import type { OpenHelp } from '../site/help.ts'
import type { Printing } from './printing.ts'
import type { OpenScanners } from '../site/scanners.ts'
import type { Site } from '../site/site-parts.ts'
import type { HostTraces } from './host-traces.ts'

interface SeenBy {
  readonly traces: HostTraces
  readonly scanners: OpenScanners
  readonly help: OpenHelp
  readonly printing: Pick<Printing, 'paper'>
  /** Present monotonic time, µs. */
  readonly nowUs: number
}

/** Leases and tests; booms that tests left up, and what the inputs of running lanes show. */
export const safetySeen = ({ safety, runtime, barriers }: Site) => ({
  safety,
  booms: {
    raised: safety.raised,
    lane(laneId: string) {
      const host = runtime.lanes.get(laneId)
      const barrier = barriers.get(laneId)
      if (host === undefined || barrier === undefined) return null
      const { position, under, barrierUp } = host.state
      return { position, under: barrier.hasUnder ? under : 'none', isReached: barrierUp } as const
    },
  } satisfies BoomParts,
})

export function laneSeen(
  site: Site,
  { traces, scanners, help, printing, nowUs }: SeenBy,
  laneId: string,
): LaneSeen {
  const { rsus, barriers, displays, cameras, config } = site
  const { sharesBarrierOf } = config.lanes.find(({ id }) => id === laneId) ?? {}
  const view = (handle: DeviceHandle<never> | undefined) =>
    handle === undefined
      ? deviceOff
      : deviceView(
          { ...handle.status, link: handle.url, lastReceivedMs: handle.lastReceivedMs },
          nowUs / 1000,
        )
  const { holds } = site.safety
  const heldBy = (device: HeldDevice, seen: DeviceView): DeviceView => {
    const taker = holds.takerOf(laneId, device)?.taker ?? null
    return taker === null ? seen : heldView(seen, taker)
  }
  const camera = cameras.get(laneId)
  const printers = printing.paper.ofLane(laneId)
  const lastScan = scanners.scans.lastOf(laneId)
  const timed = (name: LaneKind, seen: DeviceView): DeviceView => {
    const isDown = seen.state === 'down'
    const downMsAgo = traces.downTimes.msOf(laneId, name, isDown, nowUs / 1000)
    return downMsAgo === null ? seen : { ...seen, downMsAgo }
  }
  return {
    devices: {
      ...byLaneKind(() => deviceOff),
      rsu: timed('rsu', heldBy('rsu', view(rsus.get(laneId)))),
      barrier: timed('barrier', heldBy('barrier', view(barriers.get(sharesBarrierOf ?? laneId)))),
      camera: timed(
        'camera',
        camera === undefined
          ? deviceOff
          : cameraView(
              {
                ...camera.status,
                link: camera.link,
                lastReceivedMs: camera.lastReceivedMs,
                lastMissedUs: traces.lastMissedUs(laneId),
              },
              nowUs,
            ),
      ),
      display: timed('display', view(displays.get(laneId))),
    },
    ...(printers.length === 0 ? {} : { printers }),
    display: displays.get(laneId)?.view ?? null,
    ...(lastScan === undefined ? {} : { lastScan }),
    calls: help.calls.view().filter((call) => call.laneId === laneId),
  }
}
