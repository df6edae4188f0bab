// Sensors below parking spaces in lot.json: what is accepted, and what is refused with its field.
// A lot file from before they existed has no such member.
import { describe, expect, it } from 'vitest'
import { checkLot } from '../../../../firmware-runtime/app/lot/lot-file.ts'
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
