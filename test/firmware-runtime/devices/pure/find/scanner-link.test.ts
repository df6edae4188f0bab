// Links of scanners that were found: by vendor and product id, by serial number where two are alike, with the matching
// model; any other device is no scanner.
import { expect, it } from 'vitest'
import { scannerLink } from '#devices/pure/find/scanner-link.ts'
import { parseHidLink } from '#base/pure/links/hid-link.ts'

const hid = (over: object = {}) => ({
  vendorId: '1a2c',
  productId: '4c5e',
  serialNumber: '',
  usagePage: 0x8c,
  ...over,
})

it('names a scanner, and none of a keyboard or a scale', () => {
  const one = hid()
  expect(scannerLink(one, [one, hid({ usagePage: 1 })])).toBe('hid:1a2c:4c5e')
  for (const usagePage of [1, 0x8d, null]) expect(scannerLink(hid({ usagePage }), [])).toBeNull()
})

it('two alike are told apart by their serial numbers, one with none that can be written is not', () => {
  const [a, b, c] = [hid({ serialNumber: 'A1' }), hid({ serialNumber: 'B 2' }), hid()]
  const links = [a, b, c].map((one) => scannerLink(one, [a, b, c]))
  expect(links).toEqual(['hid:1a2c:4c5e:A1', 'hid:1a2c:4c5e', 'hid:1a2c:4c5e'])
  expect(parseHidLink(links[0] ?? '')).toMatchObject({ serial: 'A1' })
})

it('a maker whose scanners want to be woken has its model named', () => {
  const one = hid({ vendorId: '0c2e', productId: '0b61' })
  expect(scannerLink(one, [one])).toBe('hid:0c2e:0b61?profile=honeywell/hid-pos')
})
