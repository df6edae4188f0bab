// Link URLs: how each is parsed, and which are refused with field and value.
// The forms are in contract.md section 3.
import { describe, expect, it } from 'vitest'
import { parseLinkUrl } from '#base/pure/links/link-url.ts'
import { faultOf } from '../../../../kit/refusals.ts'

const serial = { scheme: 'serial', dataBits: 8, stopBits: 1 } as const

describe('a link URL', () => {
  it.each([
    ['tcp://127.0.0.1:502', { scheme: 'tcp', host: '127.0.0.1', port: 502, query: {} }],
    ['tcp://[::1]:65535', { scheme: 'tcp', host: '::1', port: 65_535, query: {} }],
    [
      'tcp://rsu-1.lot.local:60001?variant=generic-ver',
      { scheme: 'tcp', host: 'rsu-1.lot.local', port: 60_001, query: { variant: 'generic-ver' } },
    ],
    [
      'serial:/dev/ttyS0',
      { ...serial, path: '/dev/ttyS0', baud: 115_200, parity: 'none', query: {} },
    ],
    [
      'serial:/tmp/a b?baud=9600&parity=even&variant=generic-bcc',
      {
        ...serial,
        path: '/tmp/a b',
        baud: 9_600,
        parity: 'even',
        query: { baud: '9600', parity: 'even', variant: 'generic-bcc' },
      },
    ],
    [
      'serial:COM3?dataBits=7&stopBits=2',
      {
        scheme: 'serial',
        path: 'COM3',
        baud: 115_200,
        parity: 'none',
        dataBits: 7,
        stopBits: 2,
        query: { dataBits: '7', stopBits: '2' },
      },
    ],
  ])('%s', (url, target) => {
    expect(parseLinkUrl(url)).toEqual(target)
  })
  it.each([
    ['COM10', 'COM10'],
    ['com10', 'COM10'],
    ['\\\\.\\COM10', 'COM10'],
    ['\\\\.\\com256', 'COM256'],
    // Not a Windows device name, so it stays as typed.
    ['COM10/x', 'COM10/x'],
    ['/dev/com10', '/dev/com10'],
    ['com', 'com'],
  ])('the port %s is %s', (typed, path) => {
    expect(parseLinkUrl(`serial:${typed}?baud=9600`)).toMatchObject({ path })
  })
  it.each([
    [''],
    ['127.0.0.1:502'],
    ['http://127.0.0.1:502'],
    ['TCP://127.0.0.1:502'],
    ['tcp:127.0.0.1:502'],
    ['tcp://127.0.0.1'],
    ['tcp://127.0.0.1:0'],
    ['tcp://127.0.0.1:65536'],
    ['tcp://127.0.0.1:99999999'],
    ['tcp://:502'],
    ['tcp://a/b:502'],
    ['tcp://user@host:502'],
    ['tcp://host name:502'],
    ['tcp://127.0.0.1:502/x'],
    ['tcp://host:502?=1'],
    ['tcp://host:502?variant=a&variant=b'],
    ['serial:'],
    ['serial:?baud=9600'],
    ['serial:/dev/a\0b'],
    ['serial:/dev/ttyS0?baud=fast'],
    ['serial:/dev/ttyS0?baud=0'],
    ['serial:/dev/ttyS0?baud=9999999'],
    ['serial:/dev/ttyS0?parity=mark'],
    ['serial:/dev/ttyS0?dataBits=9'],
    ['serial:/dev/ttyS0?stopBits=1.5'],
    [`tcp://${'h'.repeat(600)}:502`],
  ])('%j is refused', (url) => {
    expect(faultOf(() => parseLinkUrl(url, '/lanes/0/rsu'))).toMatchObject({
      code: 'LOT-03',
      detail: { field: '/lanes/0/rsu', value: url.slice(0, 512) },
    })
  })
})
