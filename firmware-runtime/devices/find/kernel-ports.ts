// Serial ports as the kernel lists them, for a machine without udevadm (a bare server, a container), printers of the
// printer class, and keyboards. USB only: the kernel lists built-in serial ports whether they exist or not.
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { SeenHid, SeenPrinter } from '../ports/find.ts'

type KernelPort = Omit<SeenPrinter, 'link'>

/** Empty when the device is unplugged during the look. */
function ifThere<T>(look: () => T): readonly T[] {
  try {
    return [look()]
  } catch (error) {
    if (error instanceof Error && 'code' in error) return []
    throw error
  }
}

/** Levels from an interface of a USB device up to the device. */
const levelsMax = 5

function usbDeviceOf(device: string): string | null {
  let at = realpathSync(device)
  for (let level = 0; level < levelsMax; level++, at = dirname(at))
    if (existsSync(join(at, 'idVendor'))) return at
  return null
}

/** `ttys`: the kernel's folder of terminals. */
export const kernelPorts = (ttys = '/sys/class/tty'): readonly KernelPort[] =>
  usbDevicesIn(ttys, (name) => `/dev/${name}`)

/** Printers of the printer class; `usbs`: the kernel's folder of such devices. Empty on other systems. */
export const kernelPrinters = (usbs = '/sys/class/usbmisc'): readonly SeenPrinter[] =>
  usbDevicesIn(usbs, (name) => (/^lp\d+$/.test(name) ? `/dev/usb/${name}` : null)).map((one) => ({
    link: `usblp:${one.path}`,
    ...one,
  }))

/** Usage page and usage of a keyboard in the HID usage tables. */
const keyboard = { usagePage: 1, usage: 6 } as const

/**
 * Keyboards on USB, by their stable names: a scanner may be among them, and a person must know which. `names`: the
 * folder of these names; `inputs`: the kernel's folder of input devices.
 */
export function kernelKeyboards(
  names = '/dev/input/by-id',
  inputs = '/sys/class/input',
): readonly SeenHid[] {
  if (!existsSync(names)) return []
  const typing = readdirSync(names).filter((name) => name.endsWith('-event-kbd'))
  return typing.flatMap((name) => ifThere(() => keyboardOf(join(names, name), inputs)))
}

const textIn = (folder: string, file: string): string => {
  const at = join(folder, file)
  return existsSync(at) ? readFileSync(at, 'utf8').trim() : ''
}

function keyboardOf(name: string, inputs: string): SeenHid {
  const device = join(inputs, basename(realpathSync(name)), 'device')
  return {
    vendorId: textIn(device, 'id/vendor'),
    productId: textIn(device, 'id/product'),
    manufacturer: '',
    product: textIn(device, 'name'),
    ...keyboard,
    link: `evdev:${name}`,
  }
}

function usbDevicesIn(
  folder: string,
  pathOf: (name: string) => string | null,
): readonly KernelPort[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder).flatMap((name) => {
    const path = pathOf(name)
    const device = join(folder, name, 'device')
    if (path === null || !existsSync(device)) return []
    return ifThere(() => kernelPortOf(path, device)).filter((port) => port !== null)
  })
}

/** Null for a device that is not on USB. */
function kernelPortOf(path: string, device: string): KernelPort | null {
  const usb = usbDeviceOf(device)
  if (usb === null) return null
  return {
    path,
    vendorId: textIn(usb, 'idVendor'),
    productId: textIn(usb, 'idProduct'),
    serialNumber: textIn(usb, 'serial'),
    manufacturer: textIn(usb, 'manufacturer'),
  }
}
