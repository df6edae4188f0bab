// What the cameras of a site are given: clocks of the machine, the kept clock of each camera, and where their faults are reported.
import { cameraClocks } from '#devices/files/camera-clocks.ts'
import { systemWallClock } from '#base/time/system-clocks.ts'
import type { FrameServices } from '#devices/frame-log/frame-services.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'
import { tracedFault, type LaneFault } from '#base/pure/faults/faults.ts'
import type { CameraPorts } from '#devices/desk/lane/camera-service.ts'
import type { PlateReads } from '#devices/desk/lane/plate-reads.ts'

interface OfSite {
  /** It exists once the first message of a camera arrives. */
  readonly runtime: LotRuntime
  readonly frameServices: FrameServices
  readonly reads: PlateReads
}

type Given = Pick<CameraPorts, 'mono' | 'opener' | 'secrets' | 'linkDown' | 'linkUp'>

export function cameraPortsOf(
  ports: Given & { readonly dir: string },
  site: OfSite,
  take: CameraPorts['take'],
): CameraPorts {
  const tell = (laneId: string, fault: LaneFault): void =>
    site.runtime.trace(laneId, null, 'fault', tracedFault(fault))
  return {
    ...ports,
    take,
    wall: systemWallClock(),
    isClockSure() {
      site.runtime.lookAtClock()
      return site.runtime.clockDoubt === null
    },
    clocks: cameraClocks(ports.dir, (fault) => tell('', fault)),
    carCame: (laneId) => site.reads.arrivals.of(laneId),
    notLive: (fault, laneId) => tell(laneId, fault),
    ringOf: (laneId) => site.frameServices.ringOf(laneId, 'camera'),
  }
}
