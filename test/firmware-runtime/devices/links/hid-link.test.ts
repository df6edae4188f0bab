// A link over a HID device, with a stand-in for the device: whole reports, its end reported once, and no link without it.
// The test machine has no HID device; docs/coverage.json says how far node-hid itself is covered.
import { EventEmitter } from 'node:events'
import { expect, it, vi } from 'vitest'
import { openHidLink } from '#devices/links/hid-link.ts'
import { linkOpener } from '#devices/links/link-opener.ts'
import { isHidLink, parseHidLink } from '#base/pure/links/hid-link.ts'
import { eventually } from '../../../kit/eventually.ts'

const target = parseHidLink('hid:0C2E:0B81')

class Device extends EventEmitter {
  isClosed = false
  descriptor: Uint8Array | null = null
  readonly features: Uint8Array[] = []
  isDeaf = false
  feature(report: Uint8Array): Promise<void> {
    if (this.isDeaf) return Promise.reject(new Error('could not send feature report'))
    this.features.push(report)
    return Promise.resolve()
  }
  close(): void {
    this.isClosed = true
  }
}

const handlersOf = () => ({ up: vi.fn(), bytes: vi.fn(), down: vi.fn() })

it('tells reports one by one, and its end once', async () => {
  const device = new Device()
  const handlers = handlersOf()
  const link = openHidLink(target, handlers, () => Promise.resolve(device))
  await eventually(() => handlers.up).toHaveBeenCalledOnce()
  device.emit('data', Uint8Array.of(2, 1))
  device.emit('data', Uint8Array.of(2, 2))
  expect(handlers.bytes.mock.calls).toEqual([[Uint8Array.of(2, 1)], [Uint8Array.of(2, 2)]])
  expect(link.bytesIn).toBe(4)
  device.emit('error', new Error('could not read from HID device'))
  device.emit('error', new Error('again'))
  expect(handlers.down.mock.calls).toEqual([['could not read from HID device']])
  expect(device.isClosed).toBe(true)
})

it('tells what the device says of its reports, and sends feature reports', async () => {
  const device = new Device()
  device.descriptor = Uint8Array.of(5, 0x8c)
  const handlers = handlersOf()
  const link = openHidLink(target, handlers, () => Promise.resolve(device))
  await eventually(() => handlers.up).toHaveBeenCalledWith(Uint8Array.of(5, 0x8c))
  link.send(Uint8Array.of(254, 1))
  expect(device.features).toEqual([Uint8Array.of(254, 1)])
  expect(link.bytesOut).toBe(2)
  device.isDeaf = true
  link.send(Uint8Array.of(254, 1))
  await eventually(() => handlers.down).toHaveBeenCalledWith('could not send feature report')
})

it('is closed by the lane, also before it was open', async () => {
  const device = new Device()
  const handlers = handlersOf()
  const opened = Promise.withResolvers<Device>()
  const link = openHidLink(target, handlers, () => opened.promise)
  link.close()
  await eventually(() => handlers.down).toHaveBeenCalledWith('closedHere')
  opened.resolve(device)
  await eventually(() => device.isClosed).toBe(true)
  expect(handlers.up).not.toHaveBeenCalled()
})

it('a device that is not there is a link that is down', async () => {
  const handlers = handlersOf()
  linkOpener({ openHid: () => Promise.reject(new Error('no such device')) }).open(
    'hid:0c2e:0b81:A1?profile=honeywell/hid-pos',
    handlers,
  )
  await eventually(() => handlers.down).toHaveBeenCalledWith('no such device')
})

it('names maker, product and serial number', () => {
  expect(parseHidLink('hid:0c2e:0b81:A1?profile=a/b')).toEqual({
    vendorId: 0x0c2e,
    productId: 0x0b81,
    serial: 'A1',
  })
  expect(isHidLink('serial:/dev/ttyACM0')).toBe(false)
  for (const bad of ['hid:', 'hid:c2e:0b81', 'hid:0c2e', 'hid:0c2e:0b81/x'])
    expect(() => parseHidLink(bad, '/scanners/0/link')).toThrow(/LOT-03/)
})
