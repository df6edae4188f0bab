// The evidence of a stay in a space, from its rows: what rests on which device, and what is missing of it.
import { describe, expect, it } from 'vitest'
import { openOf } from '#lane/pure/layouts/index.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { evidenceDevices } from '#lane/pure/open/evidence-devices.ts'
import { evidenceOf } from '#lane/pure/open/stay-evidence.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import type { RowBodies } from '#base/pure/rows/ledger-row.ts'
import { minuteMs, Rows, t0 } from '../lot/row-kit.ts'
import { carObu } from './open-kit.ts'

const name = (zh: string, en: string) => ({ zh, en })
const lanes = [
  { id: 'exit', name: name('门架', 'Gantry') },
  { id: 'hand-1', name: name('手持机1', 'Handheld 1') },
]
const usualLink = (layout: string): string =>
  openOf(layout)?.watch === 'camera' ? 'push:hikvision' : 'push:nb-iot'
/** A street of this layout, whose spaces are watched by `road`; `link` null: no longer. */
const street = (layout: string, link: string | null = usualLink(layout)): LotConfig =>
  ({
    layout,
    lanes: lanes.map((lane) => ({ ...lane, layout })),
    spaces: link === null ? [] : [{ id: 'road', link, spaces: {} }],
  }) as unknown as LotConfig

const at = { latMicrodeg: 22_817_000, lonMicrodeg: 108_366_000, accuracyMm: 3_000 }
const proof = { tac: 'AABBCCDD' } as never
const refs = (laneId: string) => ({ laneId, stayId: 'n-S1' })

class Stay extends Rows {
  minute(n: number): this {
    this.atMs = t0 + n * minuteMs
    return this
  }
  comes(plate: string | null, photo: string | null = null): this {
    const more = { enteredAtMs: t0, noEntry: false, photo, spaceId: 'A01' } as const
    return this.add('stayOpened', refs('road'), { plate, colour: 'unknown', ...more })
  }
  seen(plate: string, by?: 'person'): this {
    const said = by === undefined ? {} : { said: { by } }
    const body = { plate, plateRaw: plate, colour: 'unknown', photo: null, ...said } as const
    return this.add('plateRead', refs('hand-1'), body)
  }
  read(over: Partial<RowBodies['zeroRecord']> = {}): this {
    const body = { spaceId: 'A01', obu: carObu, proof, why: '', by: '甲', at, ...over }
    return this.add('zeroRecord', refs('hand-1'), body)
  }
  leaves(by: RowBodies['spaceLeft']['by'], photo?: string): this {
    const times = { leftAtMs: this.atMs, seenAtMs: this.atMs - minuteMs }
    const more = photo === undefined ? {} : { photo }
    const laneId = by === 'gantry' ? 'exit' : 'road'
    this.add('spaceLeft', refs(laneId), { spaceId: 'A01', ...times, by, ...more })
    return this.order(1)
  }
  cash(by: string): this {
    const body = { paymentId: 'n-M1', means: 'cash', by, reason: null } as const
    return this.add('payment', { ...refs(''), orderId: 'n-O1', amountFen: 500 }, body)
  }
  charged(): this {
    return this.intent(1, 'card').outcome(1, 'paid', 'b5').pay(1)
  }
}

const says = (layout: string, rows: Rows, link?: string | null) => {
  const found = present(evidenceOf(rows.all, evidenceDevices(street(layout, link))), 'of a space')
  return {
    items: found.items.map(({ what, by }) => `${what} ${by.en}`),
    missing: found.missing.map(({ what }) => what),
    of: found,
  }
}

interface Case {
  readonly of: string
  readonly layout: string
  readonly rows: Rows
  readonly items: readonly string[]
  readonly missing: readonly string[]
}
const stay = (): Stay => new Stay()
const road = 'Space camera road'
const sensor = 'Space sensors road'

const cases: readonly Case[] = [
  {
    of: 'a sensor street with a handheld, charged by the platform',
    layout: '7.2.3',
    rows: stay().comes(null).minute(4).read().minute(60).leaves('space').charged(),
    items: [`arrived ${sensor}`, 'reading Handheld 1, 甲', `left ${sensor}`, 'charged Platform'],
    missing: ['arrivalPicture', 'departurePicture'],
  },
  {
    of: 'a camera street with a gantry',
    layout: '7.2.4',
    rows: stay().comes('测A12345', 'p-in').minute(60).leaves('space', 'p-out').charged(),
    items: [`arrived ${road}`, `left ${road}`, 'charged Gantry'],
    missing: [],
  },
  {
    of: 'a stay that a silent watcher ended',
    layout: '7.2.5',
    rows: stay().comes(null).minute(30).leaves('unwatched'),
    items: [`arrived ${sensor}`, `left ${sensor}`],
    missing: ['arrivalPicture', 'plate', 'reading', 'departure', 'departurePicture', 'charge'],
  },
  {
    of: 'a stay that was paid at the desk',
    layout: '7.2.1',
    rows: stay().comes('测A12345', 'p-in').minute(60).leaves('space', 'p-out').cash('收费员'),
    items: [`arrived ${road}`, `left ${road}`, 'paid 收费员'],
    missing: [],
  },
  {
    of: 'a car without a plate that drove off',
    layout: '7.2.1',
    rows: stay().comes(null, 'p-in').minute(60).leaves('space'),
    items: [`arrived ${road}`, `left ${road}`],
    missing: ['plate', 'departurePicture', 'charge'],
  },
  {
    of: 'a car that still stands there',
    layout: '7.2.3',
    rows: stay().comes(null).minute(4).seen('测A12345', 'person'),
    items: [`arrived ${sensor}`, 'plate Handheld 1'],
    missing: ['arrivalPicture', 'secondLook', 'reading'],
  },
  {
    of: 'a reading without a proof and a position',
    layout: '7.2.5',
    rows: stay()
      .comes(null)
      .minute(4)
      .read({ proof: null, why: 'rsuGone', at: undefined } as never)
      .minute(9)
      .leaves('gantry')
      .charged(),
    items: [`arrived ${sensor}`, 'reading Handheld 1, 甲', 'left Gantry', 'charged Gantry'],
    missing: ['arrivalPicture', 'zeroDebit', 'position', 'departure', 'departurePicture'],
  },
  {
    of: 'a stay whose space another car was read in',
    layout: '7.2.4',
    rows: stay()
      .comes('测A12345', 'p-in')
      .minute(60)
      .leaves('otherCar', 'p-other')
      .pay(1, 'free', 0),
    items: [`arrived ${road}`, `left ${road}`, 'paid Payment gateway'],
    missing: ['departure'],
  },
]

describe.each(cases)('$of', ({ layout, rows, items, missing }) => {
  it('rests on what its rows have, in order, and says what is missing', () => {
    const found = says(layout, rows)
    expect(found.items).toEqual(items)
    expect(found.missing).toEqual(missing)
  })
})

it('has the times of its reports, the pictures and the position', () => {
  const rows = stay().comes('测A12345', 'p-in').minute(4).read().minute(60).leaves('space', 'p-out')
  const { items } = says('7.2.5', rows).of
  expect(items.map(({ atIso, photo, position }) => [atIso, photo, position])).toEqual([
    [isoOf(t0), 'p-in', null],
    [isoOf(t0 + 4 * minuteMs), null, at],
    [isoOf(t0 + 60 * minuteMs), 'p-out', null],
  ])
})

it('says why a picture is missing, by what watches the space', () => {
  const rows = stay().comes('测A12345').minute(60).leaves('space').charged()
  const words = (layout: string): readonly string[] =>
    says(layout, rows).of.missing.map(({ text }) => text.en)
  expect(words('7.2.3')[0]).toBe('No picture at arrival: the watcher is a sensor')
  expect(words('7.2.4')[0]).toBe('No picture at arrival: the camera sent none')
})

const sensorsIn = [sensor, 'the watcher is a sensor'] as const
const cameraIn = [road, 'the camera sent none'] as const
it.each<[string, string | null, readonly [by: string, why: string]]>([
  ['7.2.5', 'push:nb-iot', sensorsIn],
  ['7.2.5', 'mqtt://10.0.0.2:1883?profile=bosch/pls110', sensorsIn],
  ['7.2.5', 'mqtts://net?profile=a/b', sensorsIn],
  ['7.2.5', 'push:hikvision', cameraIn],
  ['7.2.5', 'dahua:10.0.0.3:80?user=a&secret=b', cameraIn],
  ['7.2.3', 'push:hikvision', cameraIn],
  ['7.2.1', 'push:nb-iot', sensorsIn],
  ['7.2.4', 'dahua://10.0.0.3?user=a&secret=b', cameraIn],
  ['7.2.3', null, ['road', 'the watcher is a sensor']],
  ['7.2.4', null, ['road', 'the camera sent none']],
])('in %s a watcher with the link %s is named by it', (layout, link, [by, why]) => {
  const rows = stay().comes('测A12345').minute(60).leaves('space').charged()
  const { items, of } = says(layout, rows, link)
  expect(items.slice(0, 2)).toEqual([`arrived ${by}`, `left ${by}`])
  const pictures = of.missing.filter(({ what }) => what.endsWith('Picture'))
  expect(pictures.map(({ text }) => text.en.split(': ')[1])).toEqual([why, why])
})

it('is none of a stay in an enclosed lot', () => {
  const rows = stay().stay(1)
  expect(evidenceOf(rows.all, evidenceDevices(street('7.2.1')))).toBeNull()
  expect(evidenceDevices(street('7.1.1'))).toBeNull()
})
