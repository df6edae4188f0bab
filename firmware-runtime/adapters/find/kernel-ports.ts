// Serial ports as the kernel lists them, for a machine without udevadm (a bare server, a container).
// And printers of the printer class, and what types. USB alone: the kernel lists built-in ports whether they are there or not.
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { SeenHid, SeenPrinter } from '../../ports/find.ts'

interface KernelPort {
  readonly path: string
  readonly vendorId: string
  readonly productId: string
  readonly serialNumber: string
  readonly manufacturer: string
}

/** What is pulled out while it is looked at is not there. */
function ifThere<T>(look: () => T): readonly T[] {
  try {
    return [look()]
  } catch (error) {
    if (error instanceof Error && 'code' in error) return []
    throw error
  }
}

/** From an interface of a USB device up to the device itself. */
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

/** Printers of the printer class; `usbs`: the kernel's folder of such devices. Elsewhere there is none. */
export const kernelPrinters = (usbs = '/sys/class/usbmisc'): readonly SeenPrinter[] =>
  usbDevicesIn(usbs, (name) => (/^lp\d+$/.test(name) ? `/dev/usb/${name}` : null)).map((one) => ({
    link: `usblp:${one.path}`,
    ...one,
  }))

/** The pages of a keyboard in the HID usage tables. */
const keyboard = { usagePage: 1, usage: 6 } as const

/**
 * What types on USB, by its lasting name: a scanner may be among them, a person must know which. `names` is the folder of
 * such names, `inputs` the kernel's of what they stand for.
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

/** Null for what is no device of USB. */
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
