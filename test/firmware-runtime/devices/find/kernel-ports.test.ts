// Serial ports of a machine without udevadm: a USB adapter from its kernel folder, and nothing for built-in ports.
// The folder is an imitation of the kernel's.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { kernelKeyboards, kernelPorts, kernelPrinters } from '#devices/find/kernel-ports.ts'
import { folderOfTest } from '../../../kit/own-folder.ts'

it('names USB adapters with their numbers, and no port that may not be there', () => {
  const folder = folderOfTest('etc-lane-tty-')
  const usb = join(folder, 'devices', 'usb1', '1-1')
  const port = join(usb, '1-1:1.0', 'ttyUSB0')
  mkdirSync(port, { recursive: true })
  for (const [file, text] of [
    ['idVendor', '1a86\n'],
    ['idProduct', '7523\n'],
    ['manufacturer', 'QinHeng\n'],
  ] as const)
    writeFileSync(join(usb, file), text)
  const builtIn = join(folder, 'devices', 'platform', 'serial8250')
  mkdirSync(builtIn, { recursive: true })
  for (const [name, device] of [
    ['ttyUSB0', port],
    ['ttyS0', builtIn],
  ] as const) {
    mkdirSync(join(folder, 'tty', name), { recursive: true })
    symlinkSync(device, join(folder, 'tty', name, 'device'))
  }
  mkdirSync(join(folder, 'tty', 'console'))
  expect(kernelPorts(join(folder, 'tty'))).toEqual([
    {
      path: '/dev/ttyUSB0',
      vendorId: '1a86',
      productId: '7523',
      serialNumber: '',
      manufacturer: 'QinHeng',
    },
  ])
  for (const name of ['lp0', 'hiddev0']) {
    mkdirSync(join(folder, 'usbmisc', name), { recursive: true })
    symlinkSync(port, join(folder, 'usbmisc', name, 'device'))
  }
  expect(kernelPrinters(join(folder, 'usbmisc'))).toMatchObject([
    { link: 'usblp:/dev/usb/lp0', path: '/dev/usb/lp0', vendorId: '1a86', manufacturer: 'QinHeng' },
  ])
  expect(kernelPorts(join(folder, 'none'))).toEqual([])
  const input = join(folder, 'input', 'event3', 'device')
  const names = join(folder, 'by-id')
  for (const one of [join(input, 'id'), names, join(folder, 'dev')])
    mkdirSync(one, { recursive: true })
  writeFileSync(join(folder, 'dev', 'event3'), '')
  for (const [file, text] of [
    ['id/vendor', '1a2c\n'],
    ['id/product', '4c5e\n'],
    ['name', 'Barcode reader\n'],
  ] as const)
    writeFileSync(join(input, file), text)
  for (const name of ['usb-Maker_1900-event-kbd', 'usb-Maker_1900-event-mouse'])
    symlinkSync(join(folder, 'dev', 'event3'), join(names, name))
  expect(kernelKeyboards(names, join(folder, 'input'))).toEqual([
    {
      vendorId: '1a2c',
      productId: '4c5e',
      manufacturer: '',
      product: 'Barcode reader',
      usagePage: 1,
      usage: 6,
      link: `evdev:${join(names, 'usb-Maker_1900-event-kbd')}`,
    },
  ])
  expect(kernelKeyboards(join(folder, 'none'))).toEqual([])
  // Unplugged while it is read: a dangling link, and a file that the kernel no longer provides.
  symlinkSync(join(folder, 'dev', 'event4'), join(names, 'usb-Maker_1901-event-kbd'))
  expect(kernelKeyboards(names, join(folder, 'input'))).toHaveLength(1)
  mkdirSync(join(usb, 'serial'))
  expect(kernelPorts(join(folder, 'tty'))).toEqual([])
  expect(kernelPrinters(join(folder, 'usbmisc'))).toEqual([])
})
