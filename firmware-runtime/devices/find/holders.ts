// Which process holds a serial port, or the USB bridge behind a port that is gone, as far as this user may read /proc
// and /sys (Linux). A program that claims a bridge through usbfs takes the driver and with it the port away.
import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs'
import { basename, join } from 'node:path'
import { wayOutOf } from '../pure/find/port-takers.ts'
import { bridgeOf } from '../pure/find/usb-bridges.ts'
import type { PortHolder, TakenBridge } from '../ports/find.ts'

/** Undefined for what this user may not read, or what has just gone. */
function ifReadable<T>(look: () => T): T | undefined {
  try {
    return look()
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined
    throw error
  }
}

const linksIn = (folder: string): readonly string[] =>
  ifReadable(() => readdirSync(folder).map((fd) => readlinkSync(join(folder, fd)))) ?? []
const textOf = (...path: readonly string[]): string =>
  ifReadable(() => readFileSync(join(...path), 'utf8').trim()) ?? ''

function pidsIn(proc: string): readonly number[] {
  const all = existsSync(join(proc, 'self', 'fd')) ? readdirSync(proc).map(Number) : []
  return all.filter((pid) => Number.isInteger(pid) && pid !== process.pid)
}
const named = (proc: string, pid: number): PortHolder => ({
  pid,
  name: textOf(proc, String(pid), 'comm'),
})

/** Another process that has the device open. */
export function holderOf(device: string, proc = '/proc'): PortHolder | null {
  for (const pid of pidsIn(proc)) {
    const open = linksIn(join(proc, String(pid), 'fd'))
    // A process with the master side of a pty is the link itself, not a second user of it.
    const isMaster = device.startsWith('/dev/pts/') && open.some((file) => file.endsWith('ptmx'))
    if (!isMaster && open.includes(device)) return named(proc, pid)
  }
  return null
}

/** Running programs that are known to take serial adapters (devices/pure/find/port-takers.ts). */
export const knownTakers = (proc = '/proc'): readonly PortHolder[] =>
  pidsIn(proc)
    .map((pid) => named(proc, pid))
    .filter(({ name }) => wayOutOf(name, null) !== null)

/**
 * A USB bridge of a serial adapter that a program has claimed instead of the kernel's driver; null: none, or nobody can
 * say which program. `usbs`: the kernel's folder of USB devices.
 */
export function takenBridge(usbs = '/sys/bus/usb/devices', proc = '/proc'): TakenBridge | null {
  const entries = ifReadable(() => readdirSync(usbs)) ?? []
  for (const device of entries) {
    const [vendorId, productId] = [
      textOf(usbs, device, 'idVendor'),
      textOf(usbs, device, 'idProduct'),
    ]
    if (bridgeOf(vendorId, productId) === null) continue
    const isClaimed = entries.some(
      (one) =>
        one.startsWith(`${device}:`) &&
        basename(ifReadable(() => realpathSync(join(usbs, one, 'driver'))) ?? '') === 'usbfs',
    )
    if (!isClaimed) continue
    const [bus = '', n = ''] = ['busnum', 'devnum'].map((file) =>
      textOf(usbs, device, file).padStart(3, '0'),
    )
    const by = holderOf(`/dev/bus/usb/${bus}/${n}`, proc) ?? knownTakers(proc)[0]
    if (by !== undefined) return { by, usb: { vendorId, productId } }
  }
  return null
}
