// Camera links: how each is parsed, which are refused by name, and that no refusal shows a password.
// The forms are in contract.md section 3 and docs/cli.md.
import { describe, expect, it } from 'vitest'
import { shownLink } from '#base/pure/links/camera-link.ts'
import { parseCameraLink } from '#devices/pure/camera/camera-link.ts'
import { faultOf } from '../../../../kit/refusals.ts'

const account = { user: 'admin', secret: 'cam-exit' }
const hikvision = { kind: 'subscribed', make: 'hikvision' }
const dahua = { kind: 'subscribed', make: 'dahua' }
const query = 'user=admin&secret=cam-exit'

describe('a camera link', () => {
  it.each([
    ['push:hikvision', { kind: 'push', make: 'hikvision' }],
    ['push:vzicom', { kind: 'push', make: 'vzicom' }],
    ['sim:cam-1', { kind: 'sim' }],
    [
      `hikvision://192.0.2.64?${query}`,
      { ...hikvision, host: '192.0.2.64', port: 80, ...account, options: { ctrlMod: 'asked' } },
    ],
    [
      `hikvision://[2001:db8::64]:8080/?${query}&ctrlMod=absent`,
      {
        ...hikvision,
        host: '2001:db8::64',
        port: 8080,
        ...account,
        options: { ctrlMod: 'absent' },
      },
    ],
    [
      `dahua://cam.lot.local?${query}`,
      {
        ...dahua,
        host: 'cam.lot.local',
        port: 80,
        ...account,
        options: { channel: 1, confidenceMax: 100 },
      },
    ],
    [
      `dahua://192.0.2.65:81?channel=2&confidenceMax=255&${query}`,
      {
        ...dahua,
        host: '192.0.2.65',
        port: 81,
        ...account,
        options: { channel: 2, confidenceMax: 255 },
      },
    ],
    ['vz://192.0.2.66', { kind: 'tcp', make: 'vz', host: '192.0.2.66', port: 8131 }],
    ['vz://192.0.2.66:9131', { kind: 'tcp', make: 'vz', host: '192.0.2.66', port: 9131 }],
  ])('%s', (url, target) => {
    const parsed = parseCameraLink(url)
    const targetView = 'make' in parsed ? { ...parsed, make: parsed.make.name } : parsed
    expect(targetView).toEqual(target)
    expect(shownLink(url)).toBe(url)
  })
})

describe('refused with LOT-03', () => {
  it.each([
    ['', 'expected push:'],
    ['push:other', 'expected push:'],
    ['push:hikvision?x=1', 'expected push:'],
    ['http://192.0.2.64', 'expected push:'],
    ['hikvision:192.0.2.64', 'expected push:'],
    ['vz://', 'expected push:'],
    ['vz://a b', 'expected push:'],
    ['vz://192.0.2.66:0', 'port'],
    ['vz://192.0.2.66:65536', 'port'],
    ['vz://192.0.2.66?user=admin', 'parameters are none'],
    ['hikvision://192.0.2.64', 'user='],
    ['hikvision://192.0.2.64?user=admin', 'secret='],
    ['hikvision://192.0.2.64?secret=cam', 'user='],
    ['hikvision://192.0.2.64?user=a b&secret=cam', 'user='],
    [`hikvision://192.0.2.64?${query}&user=b`, 'twice'],
    [`hikvision://192.0.2.64?${query}&channel=1`, 'parameters are'],
    [`hikvision://192.0.2.64?${query}&ctrlMod=2`, 'asked or absent'],
    [`dahua://192.0.2.64?${query}&channel=0`, 'channel'],
    [`dahua://192.0.2.64?${query}&confidenceMax=10`, '100 or 255'],
    [`vz://${'a'.repeat(400)}`, 'longer'],
  ])('%s', (url, note) => {
    const fault = faultOf(() => parseCameraLink(url, '/lanes/0/camera'))
    expect(fault).toMatchObject({ code: 'LOT-03', detail: { field: '/lanes/0/camera' } })
    expect(fault.message).toContain(note)
  })
  it.each([
    ['hikvision://admin:Abcd1234@192.0.2.64'],
    ['hikvision://192.0.2.64?user=admin&password=Abcd1234'],
    ['dahua://192.0.2.64?user=admin&pwd=Abcd1234'],
    ['dahua://192.0.2.64?user=admin&secret=Abcd1234'],
    ['dahua://192.0.2.64?user=admin:Abcd1234&secret=cam'],
    ['hikvision://192.0.2.64?user=admin&secret=cam&ctrlMod=Abcd1234!'],
  ])('%s: the password is not in the refusal', (url) => {
    const fault = faultOf(() => parseCameraLink(url))
    expect(`${fault.message} ${JSON.stringify(fault.detail)}`).not.toContain('Abcd1234')
  })
})
