// Connects the receiver of a handheld to its driver: a gpsd on TCP that reports the position.
// A pile does not move and has no receiver; a handheld without a link gets its position from its host.
import { DeviceHost } from '../../hosts/device-host.ts'
import { PlaceWatch } from '#lane/lot/place-watch.ts'
import type { PlaceConfig } from '../../pure/place/place.ts'
import {
  startGnss,
  stepGnss,
  type GnssEffect,
  type GnssEvent,
  type GnssState,
} from '../../pure/position/gpsd/driver.ts'
import { downTeller, type DevicePorts } from './device-ports.ts'

export class PlaceDevice {
  readonly watch: PlaceWatch
  private readonly host: DeviceHost<GnssState, never, GnssEvent, GnssEffect> | null

  constructor(laneId: string, config: PlaceConfig, ports: DevicePorts) {
    const watch = new PlaceWatch(config, ports.mono)
    this.watch = watch
    const url = config.kind === 'handheld' ? config.gnss : null
    if (url === null) {
      this.host = null
      return
    }
    const tell = downTeller(ports, laneId, 'place/gnss', url)
    this.host = new DeviceHost<GnssState, never, GnssEvent, GnssEffect>({
      url,
      ...ports,
      driver: { initial: startGnss, step: stepGnss },
      emit(event) {
        if (event.type === 'gnssDown') watch.lost()
        else watch.received()
        if (event.type === 'position') watch.report(event.report)
      },
      other: () => undefined,
      linkChanged: (up, reason) => tell(up, reason),
    })
  }

  open(): void {
    this.host?.open()
  }

  close(): void {
    this.host?.close()
  }
}
