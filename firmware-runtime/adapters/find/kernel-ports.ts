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
  return typing.map((name) => {
    const device = join(inputs, basename(realpathSync(join(names, name))), 'device')
    const read = (file: string): string => {
      const at = join(device, file)
      return existsSync(at) ? readFileSync(at, 'utf8').trim() : ''
    }
    return {
      vendorId: read('id/vendor'),
      productId: read('id/product'),
      manufacturer: '',
      product: read('name'),
      ...keyboard,
      link: `evdev:${join(names, name)}`,
    }
  })
}

function usbDevicesIn(
  folder: string,
  pathOf: (name: string) => string | null,
): readonly KernelPort[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder).flatMap((name) => {
    const path = pathOf(name)
    const device = join(folder, name, 'device')
    const usb = existsSync(device) ? usbDeviceOf(device) : null
    if (path === null || usb === null) return []
    const said = (file: string): string => {
      const at = join(usb, file)
      return existsSync(at) ? readFileSync(at, 'utf8').trim() : ''
    }
    return [
      {
        path,
        vendorId: said('idVendor'),
        productId: said('idProduct'),
        serialNumber: said('serial'),
        manufacturer: said('manufacturer'),
      },
    ]
  })
}
