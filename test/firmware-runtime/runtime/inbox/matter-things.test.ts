// Each kind of matter, from the register of kinds, at two lanes: the address of its button has its lane, device, stay or file,
// and never that of another lane. A kind without one says that it concerns the whole lot.
import { describe, expect, it } from 'vitest'
import type { Matter, MatterRow } from '#runtime/inbox/matter.ts'
import { matters } from '#runtime/inbox/table.ts'
import {
  addressOf,
  ofDevice,
  ofFile,
  ofLane,
  ofStay,
  wholeLot,
} from '#base/pure/values/matter-thing.ts'
import { atLane } from './examples-at.ts'
import { here, waiting } from './matter-examples.ts'

type Kind = keyof typeof matters
const table = matters as unknown as Readonly<Record<Kind, Matter>>
const examples = waiting.filter(([, , rows]) => rows.length > 0)

/** One of them has to be escaped in an address. */
const lanes = ['entry', '出口/2'] as const

const rowsOf = (kind: Kind, answer: object): readonly MatterRow[] =>
  table[kind].rowsOf(answer as never, here(60_000))
const addressIn = (kind: Kind, { to = table[kind].to, thing }: MatterRow): string =>
  addressOf(to, thing)

/** What the thing of each kind is. A new kind is red here until it says what its page selects. */
const things: Readonly<Record<Kind, readonly string[]>> = {
  boom: ['device', 'lane'],
  cameraTime: ['device'],
  car: ['lane'],
  centre: ['lot'],
  certificate: ['file'],
  clock: ['lot'],
  device: ['device'],
  difference: ['file', 'lot'],
  drill: ['lot'],
  folder: ['lot'],
  heldRecord: ['file'],
  helpCall: ['lane'],
  leftUnpaid: ['file'],
  letGo: ['file'],
  partner: ['file', 'lot'],
  power: ['lane'],
  price: ['lot'],
  printer: ['file', 'lane'],
  psam: ['device'],
  pushRefused: ['device'],
  raised: ['lane'],
  refund: ['file'],
  safeguard: ['lot'],
  spaceOver: ['file'],
  spaceUnread: ['file'],
  stay: ['stay'],
  told: ['file'],
  unmatched: ['stay'],
  update: ['lot'],
  version: ['device'],
  watcher: ['file'],
}

describe.each(lanes)('at the lane %s', (laneId) => {
  it.each(examples)('%s of %j', (kind, answer) => {
    const rows = rowsOf(kind, atLane(laneId, answer))
    expect(rows.length).toBeGreaterThan(0)
    for (const row of rows) {
      const address = addressIn(kind, row)
      const { thing } = row
      expect(things[kind]).toContain(thing.of)
      if (thing.of === 'lane' || thing.of === 'device') {
        expect(thing.laneId).toBe(laneId)
        expect(address.split(/[/?]/)).toContain(encodeURIComponent(laneId))
      }
      if (thing.of === 'device') expect(address.split('/')).toContain(thing.device)
      if (thing.of === 'stay') expect(address).toContain(encodeURIComponent(thing.stayId))
      if (thing.of === 'file') {
        expect(thing.file).not.toBe('')
        expect(address).toContain(encodeURIComponent(thing.file))
      }
      if (thing.of === 'lot') expect(address).not.toMatch(/=$/)
      for (const other of lanes)
        if (other !== laneId) expect(address).not.toContain(encodeURIComponent(other))
    }
  })
})

it('every kind of the register has its things, and each of them has an example', () => {
  const found = Object.groupBy(examples, ([kind]) => kind)
  for (const kind of Object.keys(table) as Kind[]) {
    const own = (found[kind] ?? []).flatMap(([, answer]) => rowsOf(kind, answer))
    expect([...new Set(own.map(({ thing }) => thing.of))].toSorted(), kind).toEqual(
      [...things[kind]].toSorted(),
    )
  }
})

it.each([
  ['/lane', ofLane('entry'), '/lane/entry'],
  ['/lane', ofLane('出口 2'), '/lane/%E5%87%BA%E5%8F%A3%202'],
  ['/gear', ofDevice('a/b', 'rsu'), '/gear/a%2Fb/rsu'],
  ['/ledger', ofStay('S1'), '/ledger/S1'],
  ['/day?row=', ofFile('i 1&x'), '/day?row=i%201%26x'],
  ['/day?row=', wholeLot, '/day'],
  ['/copies?do=copyKey', wholeLot, '/copies?do=copyKey'],
  ['/system', wholeLot, '/system'],
] as const)('%s with %j is %s', (page, thing, address) => {
  expect(addressOf(page, thing)).toBe(address)
})
