// The scanners of a running lot: each has a driver and a link, and reports what it read.
// Drivers are pure; here they get links and clocks.
import { linkOpener } from '#devices/links/link-opener.ts'
import { DeviceHost } from '#devices/hosts/device-host.ts'
import { LaneScans } from '#money/desk/till/lane-scans.ts'
import { scannerChoice, withLinkDefaults } from '#devices/profiles/links.ts'
import {
  scannerDriver,
  type ScanEffect,
  type ScanEvent,
  type ScanState,
} from '#devices/pure/scanner/driver.ts'
import { scannerBaud } from '#devices/pure/scanner/serial/codes.ts'
import type { LinkOpener } from '#devices/ports/byte-link.ts'
import type { BusinessClock, MonoClock } from '#base/ports/clocks.ts'
import { chosen } from '#devices/desk/lane/device-ports.ts'
import { namedProfiles } from '#devices/desk/profile/named-profiles.ts'
import type { Site } from './site-parts.ts'

interface ScannerPorts {
  readonly dir: string
  readonly business: BusinessClock
  readonly mono: MonoClock
  readonly opener?: LinkOpener
}

export interface OpenScanners {
  readonly scans: LaneScans
  close(): void
}

export async function openScanners(
  { config, runtime }: Pick<Site, 'config' | 'runtime'>,
  { dir, business, mono, opener = linkOpener() }: ScannerPorts,
): Promise<OpenScanners> {
  const { scanners = [] } = config
  const scans = new LaneScans(runtime, scanners, mono)
  const profiles = await namedProfiles({ lanes: [], scanners }, dir)
  const hosts = scanners.map((scanner) => {
    const { link } = scanner
    const { reader, times, linkDefaults } = chosen(scannerChoice(link, profiles ?? undefined))
    return new DeviceHost<ScanState, never, ScanEvent, ScanEffect>({
      mono,
      business,
      opener,
      url: withLinkDefaults(link, { baud: scannerBaud, ...linkDefaults }),
      driver: scannerDriver(reader, times),
      emit: (event) => scans.took(scanner, event),
      other: () => undefined,
      linkChanged: () => undefined,
    })
  })
  for (const host of hosts) host.open()
  return {
    scans,
    close() {
      scans.stop()
      for (const host of hosts) host.close()
    },
  }
}
