// Sensors below parking spaces in lot.json: what is accepted, and what is refused with its field.
// A lot file from before they existed has no such member.
import { describe, expect, it } from 'vitest'
import { checkLot } from '#lane/lot/files/lot-file.ts'
import { bareLot } from '../../../kit/bare-lot.ts'
import { faultOf } from '../../../kit/refusals.ts'

const lot = bareLot() as object

const broker = 'mqtt://127.0.0.1:1883?profile=bosch/parking-lot-sensor'
const source = (over: object = {}): object => ({
  id: 'geo',
  link: broker,
  spaces: { '00000000000000a1': 'A-01' },
  ...over,
})

const preset = (number: number, ...spaces: readonly string[]) => ({ number, spaces })
const turning = (plan: object, over: object = {}): object =>
  source({
    link: 'push:hikvision',
    spaces: { 1: 'A-01', 2: 'A-02', 3: 'A-03' },
    plan: {
      control: 'hikvision://127.0.0.1?user=admin&secret=cam',
      dwellSec: 60,
      presets: [preset(1, 'A-01', 'A-02'), preset(7, 'A-03')],
      ...plan,
    },
    ...over,
  })
const dahua = 'dahua://127.0.0.1?user=admin&secret=cam'

describe('a camera that turns by a plan', () => {
  it.each<[string, object]>([
    ['with its own address for commands', turning({})],
    ['by the address of its subscription', turning({ control: undefined }, { link: dahua })],
    ['by another channel', turning({ control: `${dahua}&channel=2` }, { link: dahua })],
  ])('%s', (_name, one) => {
    expect(checkLot({ ...lot, spaces: [one] }, 'lot.json').spaces?.[0]?.plan?.dwellSec).toBe(60)
  })

  it.each<[string, object, string, string]>([
    ['sensors', turning({}, { link: 'push:nb-iot' }), 'LOT-02', 'presets'],
    ['no address', turning({ control: undefined }), 'LOT-02', 'control'],
    ['another make', turning({ control: 'vz://127.0.0.1?user=a&secret=b' }), 'LOT-03', 'control'],
    ['no account', turning({ control: 'hikvision://127.0.0.1' }), 'LOT-03', 'control'],
    [
      'a password',
      turning({ control: 'hikvision://a:Geheim1@127.0.0.1?user=a&secret=b' }),
      'LOT-03',
      'control',
    ],
    [
      'a network in a demo',
      turning({ control: 'hikvision://192.0.2.9?user=admin&secret=cam' }),
      'LOT-05',
      'control',
    ],
    ['one preset', turning({ presets: [preset(1, 'A-01', 'A-02', 'A-03')] }), 'LOT-02', 'presets'],
    [
      'a preset twice',
      turning({ presets: [preset(1, 'A-01', 'A-02'), preset(1, 'A-03')] }),
      'LOT-02',
      'presets/1/number',
    ],
    [
      'a space in two presets',
      turning({ presets: [preset(1, 'A-01', 'A-02'), preset(2, 'A-02', 'A-03')] }),
      'LOT-02',
      'presets/1/spaces/0',
    ],
    [
      'a space in no preset',
      turning({ presets: [preset(1, 'A-01'), preset(2, 'A-03')] }),
      'LOT-02',
      'presets',
    ],
    [
      'a space of another camera',
      turning({ presets: [preset(1, 'A-01', 'A-02'), preset(2, 'A-03', 'B-09')] }),
      'LOT-02',
      'presets/1/spaces/1',
    ],
    ['less time than a car needs', turning({ dwellSec: 20 }), 'LOT-02', 'dwellSec'],
  ])('is refused with %s', (_name, one, code, field) => {
    const fault = faultOf(() => checkLot({ ...lot, spaces: [one] }, 'lot.json'))
    expect([fault.code, fault.detail.field]).toEqual([code, `/spaces/0/plan/${field}`])
    expect(JSON.stringify([fault.message, fault.detail])).not.toContain('Geheim1')
  })
})

describe('spaces of a lot', () => {
  it.each([
    broker,
    `${broker}&application=parking&user=lane&secret=broker`,
    'mqtts://127.0.0.1?profile=generic/nb-iot-push&topic=nb/+/report',
    'push:nb-iot',
  ])('are taken from %s', (link) => {
    const spaces = [source({ link }), source({ id: 'other', spaces: { b: 'A-02' } })]
    expect(checkLot({ ...lot, spaces }, 'lot.json').spaces?.[0]?.link).toBe(link)
  })

  it.each<[string, object[], string]>([
    ['a lane of that name', [source({ id: 'entry' })], 'LOT-04'],
    ['an id twice', [source(), source({ spaces: {} })], 'LOT-04'],
    ['a space with two sensors', [source(), source({ id: 'other' })], 'LOT-02'],
    ['a device that is no name', [source({ spaces: { '../x': 'A' } })], 'LOT-02'],
    ['no model', [source({ link: 'mqtt://127.0.0.1:1883' })], 'LOT-03'],
    ['a model that is no name', [source({ link: 'mqtt://127.0.0.1?profile=x' })], 'LOT-03'],
    ['another scheme', [source({ link: 'http://127.0.0.1' })], 'LOT-03'],
    ['another push', [source({ link: 'push:lora' })], 'LOT-03'],
    ['a topic that is none', [source({ link: `${broker}&topic=a%20b` })], 'LOT-03'],
    ['a password', [source({ link: `${broker}&password=Geheim1` })], 'LOT-03'],
    ['a password before the host', [source({ link: 'mqtt://a:Geheim1@b?profile=a/b' })], 'LOT-03'],
    ['a user without a secret', [source({ link: `${broker}&user=a` })], 'LOT-03'],
    ['a heartbeat of no time', [source({ heartbeatMin: 0 })], 'LOT-02'],
    ['a network in a demo', [source({ link: broker.replace('127.0.0.1', '192.0.2.7') })], 'LOT-05'],
  ])('are refused with %s', (_name, spaces, code) => {
    const fault = faultOf(() => checkLot({ ...lot, spaces }, 'lot.json'))
    expect(fault.code).toBe(code)
    expect(JSON.stringify([fault.message, fault.detail])).not.toContain('Geheim1')
  })
})
