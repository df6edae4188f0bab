// Barrier links to a gate on a camera: how they are parsed, and what is refused without showing a password.
// The profile supplies what a link leaves out; a member given twice is refused.
import { describe, expect, it } from 'vitest'
import { parseGateLink } from '#devices/pure/barrier/camera-output/gate-link.ts'
import { hikvisionGate } from '#devices/pure/camera/hikvision/gate.ts'
import { faultOf } from '../../../../../kit/refusals.ts'

const account = 'user=admin&secret=gate'

describe('a gate link', () => {
  it('names the camera, the account and the inputs', () => {
    const link = `hikvision://192.0.2.8:8080?${account}&channel=2&loopUnder=1&limitClosed=3`
    expect(parseGateLink(link)).toEqual({
      make: hikvisionGate,
      host: '192.0.2.8',
      port: 8080,
      user: 'admin',
      secret: 'gate',
      channel: 2,
      inputs: { limitOpen: null, limitClosed: 3, loopUnder: 1, loopArrive: null },
    })
  })

  it('leaves the inputs to a profile', () => {
    const link = `hikvision://gate?${account}&profile=hikvision/camera-output`
    expect(parseGateLink(link)).toMatchObject({ port: 80, channel: 1, inputs: null })
  })

  it.each([
    [`hikvision://gate?${account}`, 'profile= or the inputs'],
    [`hikvision://gate?${account}&loopUnder=1&loopArrive=1`, 'two things'],
    [`hikvision://gate?${account}&loopUnder=0`, '1 to 16'],
    [`hikvision://gate?${account}&loopUnder=17`, '1 to 16'],
    [`hikvision://gate?${account}&loopUnder=1&profile=a/b`, 'not both'],
    [`hikvision://gate?${account}&channel=x&loopUnder=1`, '1 to 16'],
    ['hikvision://gate?secret=gate&loopUnder=1', 'user='],
    ['hikvision://gate?user=admin&loopUnder=1', 'secret='],
    ['hikvision://gate?user=admin&password=Geheim1&loopUnder=1', 'never stands in a link'],
    ['hikvision://admin:Geheim1@gate?loopUnder=1', 'before the host'],
    [`hikvision://gate?${account}&loopunder=1`, 'parameters are'],
    [`hikvision://?${account}&loopUnder=1`, 'expected'],
    [`hikvision://gate:0?${account}&loopUnder=1`, 'port'],
  ])('refuses %s', (link, why) => {
    const fault = faultOf(() => parseGateLink(link, '/lanes/0/barrier'))
    expect(fault).toMatchObject({ code: 'LOT-03', detail: { field: '/lanes/0/barrier' } })
    expect(fault.message).toContain(why)
    expect(JSON.stringify([fault.message, fault.detail])).not.toContain('Geheim1')
  })
})
