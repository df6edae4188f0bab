// The wiring of a barrier as one text, for every kind of barrier: any change to it by a person gives another text, which
// disarms the barrier; a setting of the software alone does not.
import { describe, expect, it } from 'vitest'
import type { Timing } from '#devices/desk/lane/device-ports.ts'
import { barrierDevice } from '#devices/desk/lane/devices.ts'
import type { SensorConfig } from '#base/pure/lot/config.ts'
import { HandClock } from '../../../runtime/control/control-kit.ts'
import { library } from '../../profiles/shipped.ts'
import { bareExit } from '../../../../kit/bare-lot.ts'

const noSecrets = { names: () => [], read: () => null, write: () => undefined, remove: () => false }

function wiringOf(
  barrier: string,
  sensors: readonly SensorConfig[] = [],
  timing: Timing = 'standard',
): string {
  const lane = { ...bareExit, barrier, sensors }
  const scene = {
    opener: {
      open: () => ({ send: () => undefined, close: () => undefined, bytesIn: 0, bytesOut: 0 }),
    },
    mono: new HandClock(),
    business: { nowMs: () => 1_795_156_200_000 },
    timing,
    secrets: noSecrets,
    profiles: {
      find: (kind: string, id: string) => {
        const checked = library.profiles.get(`${kind}/${id}`)
        if (checked === undefined) return { ok: false as const, there: false, note: 'none' }
        return { ok: true as const, checked }
      },
    },
  }
  return barrierDevice(lane, scene, () => undefined).wiring
}

const camera = 'hikvision://192.0.2.9:80?user=admin&secret=gate'
const loops = '&limitOpen=1&limitClosed=2&loopUnder=3&loopArrive=4'
const kinds = {
  'relay board, Modbus TCP': {
    base: 'tcp://192.0.2.9:502',
    others: [
      'tcp://192.0.2.10:502',
      'tcp://192.0.2.9:503',
      'tcp://192.0.2.9:502?unit=2',
      'tcp://192.0.2.9:502?wire=rtu',
      'tcp://192.0.2.9:502?profile=generic/relay-rtu',
      'serial:/dev/ttyUSB0?baud=9600',
    ],
  },
  'relay board, Modbus RTU on a serial port': {
    base: 'serial:/dev/ttyUSB0?baud=9600',
    others: [
      'serial:/dev/ttyUSB1?baud=9600',
      'serial:/dev/ttyUSB0?baud=19200',
      'serial:/dev/ttyUSB0?baud=9600&unit=2',
      'serial:/dev/ttyUSB0?baud=9600&profile=generic/relay-rtu',
    ],
  },
  'relay board, RTU in a socket': {
    base: 'tcp://192.0.2.9:4001?wire=rtu',
    others: [
      'tcp://192.0.2.9:4001',
      'tcp://192.0.2.9:4002?wire=rtu',
      'tcp://192.0.2.9:4001?wire=rtu&unit=2',
    ],
  },
  'gate on a camera': {
    base: `${camera}${loops}`,
    others: [
      `${camera.replace('2.9', '2.10')}${loops}`,
      `${camera.replace('admin', 'gate')}${loops}`,
      `${camera}${loops}&channel=2`,
      `${camera}${loops.replace('loopUnder=3', 'loopUnder=5')}`,
      `${camera}&loopUnder=3&loopArrive=4`,
    ],
  },
} as const

const sensor = (link: string, kind: 'loop' | 'radar' = 'radar'): SensorConfig => ({
  kind,
  role: 'presence',
  link,
})

describe.each(Object.entries(kinds))('%s', (_kind, { base, others }) => {
  it('is the same for the same configuration, in either timing', () => {
    expect(wiringOf(base)).toBe(wiringOf(base))
    expect(wiringOf(base, [], 'instant')).toBe(wiringOf(base))
  })
  it.each(others)('is another with %s', (other) => {
    expect(wiringOf(other)).not.toBe(wiringOf(base))
  })
  it('is another when a sensor that keeps it up comes, goes, moves or is read elsewhere', () => {
    const texts = [
      wiringOf(base),
      wiringOf(base, [sensor('barrier:?di=6')]),
      wiringOf(base, [sensor('barrier:?di=7')]),
      wiringOf(base, [sensor('barrier:?di=6&low=1')]),
      wiringOf(base, [sensor('tcp://192.0.2.20:502?di=1')]),
      wiringOf(base, [sensor('tcp://192.0.2.21:502?di=1')]),
      wiringOf(base, [sensor('tcp://192.0.2.20:502?di=2')]),
    ]
    expect(new Set(texts).size).toBe(texts.length)
  })
})
