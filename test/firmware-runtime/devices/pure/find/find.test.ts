// Network interfaces that match an address, and USB ids of serial adapters.
// Tables and arithmetic only; no machine is queried.
import { describe, expect, it } from 'vitest'
import { cardFor, ipv4Of } from '#devices/pure/find/subnet.ts'
import { bridgeOf, udevRule, usbBridges } from '#devices/pure/find/usb-bridges.ts'

const card = (name: string, address: string, prefix: number) => ({
  name,
  address,
  prefix,
  loopback: false,
})
const cards = [
  card('eth0', '192.168.1.20', 24),
  card('eth1', '10.0.0.5', 8),
  card('eth2', '10.0.0.9', 30),
]

describe('the card beside an address', () => {
  it.each([
    ['192.168.1.64', 'eth0'],
    ['10.200.1.1', 'eth1'],
    ['10.0.0.10', 'eth2'],
    ['10.0.0.12', 'eth1'],
  ])('%s is beside %s', (host, name) => {
    expect(cardFor(host, cards)).toMatchObject({ name })
  })
  it.each(['192.168.2.64', '172.16.0.1', '11.0.0.1', '255.255.255.255'])('%s is far', (host) => {
    expect(cardFor(host, cards)).toBe('far')
  })
  it.each(['camera.local', '::1', '1.2.3', '1.2.3.256', ''])('%s is not judged', (host) => {
    expect(cardFor(host, cards)).toBe('unknown')
    expect(ipv4Of(host)).toBeNull()
  })
  it('a default route of prefix 0 is beside everything', () => {
    expect(cardFor('8.8.8.8', [card('ppp0', '100.64.0.2', 0)])).toMatchObject({ name: 'ppp0' })
  })
})

describe('serial adapters', () => {
  it.each([
    ['1a86', '7523', 'CH340'],
    ['10C4', 'EA60', 'CP210x'],
    ['0403', '6001', 'FTDI'],
    ['067b', '2303', 'PL2303'],
  ])('%s:%s is %s', (vendorId, productId, chip) => {
    expect(bridgeOf(vendorId, productId)?.chip).toContain(chip)
  })
  it('is null for another product, and no numbers stand twice', () => {
    expect(bridgeOf('1a86', '0000')).toBeNull()
    const all = usbBridges.flatMap((b) => b.productIds.map((id) => `${b.vendorId}:${id}`))
    expect(new Set(all).size).toBe(all.length)
    for (const numbers of all) expect(numbers).toMatch(/^[0-9a-f]{4}:[0-9a-f]{4}$/)
  })
  it('the rule names the adapter, and sorts before the seat rules', () => {
    const rule = udevRule({ vendorId: '1a86', productId: '7523' })
    expect(rule).toContain('ATTRS{idVendor}=="1a86", ATTRS{idProduct}=="7523"')
    expect(rule).toContain('/70-')
    expect(udevRule(null)).toContain('ttyUSB*')
  })
})
