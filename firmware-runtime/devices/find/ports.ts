// The serial ports of this machine for people: adapter, driver, holder.
// No port is opened.
import type { PortView } from '../calls/find-views.ts'
import { bridgeOf } from '../pure/find/usb-bridges.ts'
import type { FindMachine } from '../ports/find.ts'
import { portFinding } from './link-doctor.ts'

export async function portViews(
  machine: FindMachine,
  lastPath: string | null,
): Promise<readonly PortView[]> {
  const ports = await machine.ports()
  return ports.map(({ path, stablePath, usb }) => {
    const bridge = usb === null ? null : bridgeOf(usb.vendorId, usb.productId)
    const state = machine.portState(path)
    const wrong = portFinding(path, state, usb)
    return {
      path,
      stablePath,
      usb,
      bridge:
        bridge === null ? null : { chip: bridge.chip, driver: bridge.driver, note: bridge.note },
      state: state.is,
      last: lastPath !== null && (lastPath === path || lastPath === stablePath),
      findings: wrong === null ? [] : [wrong],
    }
  })
}
