// Code scanners in lot.json: what is accepted, and what is refused with its field; how a profile describes what they send.
// A lot file from before they existed has no such member.
import { describe, expect, it } from 'vitest'
import { checkLot } from '#lane/lot/files/lot-file.ts'
import { checkProfileLinks, scannerChoice } from '#devices/profiles/links.ts'
import { profileRefs } from '#devices/profiles/refs.ts'
import { whyIn } from '#base/pure/faults/faults.ts'
import { profilesIn } from '#devices/desk/profile/library.ts'
import { bareLot } from '../../../kit/bare-lot.ts'
import { faultOf } from '../../../kit/refusals.ts'

const lot = bareLot({ mode: 'production' }) as object

const link = 'serial:/dev/ttyACM0'
const scanner = (over: object = {}): object => ({ id: 'exit-scan', link, lane: 'exit', ...over })

describe('scanners of a lot', () => {
  it.each([
    link,
    'tcp://127.0.0.1:4001',
    'hid:0c2e:0b81',
    'hid:0c2e:0b81:A1?profile=honeywell/hid-pos',
    'evdev:/dev/input/by-id/usb-Maker_1900_A1-event-kbd?profile=generic/keyboard-wedge',
  ])('are reached over %s', (url) => {
    const scanners = [scanner({ link: url })]
    expect(checkLot({ ...lot, scanners }, 'lot.json').scanners).toEqual(scanners)
    expect(checkLot(lot, 'lot.json').scanners).toBeUndefined()
  })

  it.each<[string, object[], string, string]>([
    ['an id twice', [scanner(), scanner()], 'LOT-04', '/scanners/1/id'],
    ['two at a lane', [scanner(), scanner({ id: 'b' })], 'LOT-02', '/scanners/1/lane'],
    ['a lane that is not there', [scanner({ lane: 'gate' })], 'LOT-02', '/scanners/0/lane'],
    ['an entry', [scanner({ lane: 'entry' })], 'LOT-02', '/scanners/0/lane'],
    ['no lane', [{ id: 'a', link }], 'LOT-02', '/scanners/0/lane'],
    ['another scheme', [scanner({ link: 'http://x' })], 'LOT-03', '/scanners/0/link'],
    ['half a HID device', [scanner({ link: 'hid:0c2e' })], 'LOT-03', '/scanners/0/link'],
    ['a file', [scanner({ link: 'evdev:/etc/passwd' })], 'LOT-03', '/scanners/0/link'],
    ['a way out', [scanner({ link: 'evdev:/dev/input/../sda' })], 'LOT-03', '/scanners/0/link'],
    [
      'a model that is no name',
      [scanner({ link: `${link}?profile=x` })],
      'LOT-03',
      '/scanners/0/link',
    ],
  ])('are refused with %s', (_name, scanners, code, field) => {
    const fault = faultOf(() => checkLot({ ...lot, scanners }, 'lot.json'))
    expect(fault).toMatchObject({ code, detail: { file: 'lot.json', field } })
  })

  it.each(['hid:0c2e:0b81', 'evdev:/dev/input/event3'])('a demo touches none: %s', (url) => {
    const demo = { ...lot, mode: 'demo', scanners: [scanner({ link: url })] }
    expect(() => checkLot(demo, 'lot.json')).toThrow(/LOT-05/)
  })
})

describe('a profile of a scanner', () => {
  const lookup = profilesIn(null)
  const bytes = new TextEncoder().encode('12345\r')

  it('says what a port sends around a code, and its speed', () => {
    const choice = scannerChoice(`${link}?profile=generic/serial-codes`, lookup)
    if (!choice.ok) throw new Error(whyIn(choice.note))
    const { reader, linkDefaults, times } = choice.value
    expect(linkDefaults).toMatchObject({ baud: '9600' })
    expect(times).toEqual({ gapMs: 100, repeatMs: 2_000 })
    expect(reader.read(new Uint8Array(), bytes).codes).toEqual([bytes.subarray(0, 5)])
  })

  it.each(['access-is/hid-report', 'honeywell/hid-pos'])('says where a report has it: %s', (id) => {
    const choice = scannerChoice(`hid:0c2e:0b81?profile=${id}`, lookup)
    if (!choice.ok) throw new Error(whyIn(choice.note))
    const report = new Uint8Array(64)
    report.set([2, 5, 0x5d, 0x51, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35])
    const found = choice.value.reader.read(new Uint8Array(), report)
    expect(found.codes.map((one) => String.fromCharCode(...one))).toEqual(['12345'])
    // Honeywell needs feature report 254 set to 01.
    const wakes = id.startsWith('honeywell') ? Uint8Array.of(254, 1) : undefined
    expect(choice.value.reader.wakes).toEqual(wakes)
  })

  it('of the other kind of link is refused with its place', () => {
    const scanners = [scanner({ link: `${link}?profile=honeywell/hid-pos` })]
    const read = checkLot({ ...lot, scanners }, 'lot.json')
    expect(profileRefs(read)).toMatchObject([{ member: 'scanner', field: '/scanners/0/link' }])
    expect(() => checkProfileLinks(read, 'lot.json', lookup)).toThrow(/LOT-03/)
    expect(scannerChoice(`${link}?profile=generic/keyboard-wedge`, lookup).ok).toBe(false)
  })
})
