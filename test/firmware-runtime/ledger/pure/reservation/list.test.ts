// The fold of reservations: which car uses which, what is reported to the platform, and which is open again because its car
// did not come in. Also which cars a reservation admits.
import { describe, expect, it } from 'vitest'
import { entryBar, keptBays, saturationLevel } from '#lane/pure/reservation/admission.ts'
import { at, reservation, Scene, share } from '../../../lane/pure/reservation/kit.ts'

const made = (over = {}): Scene =>
  new Scene().joined().did({ do: 'make', reservation: reservation(over) })
const stateOf = (scene: Scene, orderNo = 'R1'): string =>
  scene.lot.reservations.byOrder.get(orderNo)?.state ?? ''

it('is used by the car that it is of, from a quarter of an hour before, and no other one', () => {
  expect(stateOf(made().enters('n1-S1', '粤B12345', '09:44'))).toBe('open')
  expect(stateOf(made().enters('n1-S1', '粤B12345', '09:45'))).toBe('used')
  expect(stateOf(made().enters('n1-S1', '粤B12345', '12:00'))).toBe('open')
  expect(stateOf(made().enters('n1-S1', '粤B99999', '10:00'))).toBe('open')
})

it('is used by a car whose plate was read late', () => {
  const scene = made().enters('n1-S1', null, '10:00')
  const body = { plate: '粤B12345', plateRaw: '粤B12345', colour: 'blue', photo: null } as const
  scene.row({ kind: 'plateRead', atMs: scene.nowMs, laneId: 'entry', stayId: 'n1-S1', body })
  expect(stateOf(scene)).toBe('used')
})

it('tells entry, use, exit and income in their order, and nothing before it joined', () => {
  const scene = made().enters('n1-S1', '粤B12345', '10:00').leaves('n1-S1', '11:00')
  expect(scene.due()).toEqual(['made', 'entry', 'used', 'exit', 'income'])
  const keys = [...scene.lot.reservations.due.keys()]
  scene.own({ row: 'up', of: keys[0] ?? '', seq: 1, msgId: 'm', topic: 'event', data: '{}' })
  expect(scene.due()).toEqual(['entry', 'used', 'exit', 'income'])
  expect([...scene.lot.reservations.unsent.keys()]).toEqual([1])
  scene.own({ row: 'acked', seq: 1 })
  expect([...scene.lot.reservations.unsent.keys()]).toEqual([])
  expect(new Scene().enters('n1-S1', '粤B12345', '10:00').due()).toEqual([])
})

it('is open again where its car backed out of the entry', () => {
  const scene = made().enters('n1-S1', '粤B12345', '10:00').leaves('n1-S1', '10:01', '')
  expect(stateOf(scene)).toBe('open')
  expect(stateOf(scene.enters('n1-S2', '粤B12345', '10:02'))).toBe('used')
  expect(stateOf(scene.leaves('n1-S2', '10:30'))).toBe('used')
})

it('tells a withdrawn window once for each that it ends', () => {
  const scene = new Scene().joined().did({ do: 'share', share: share() })
  for (const orderNo of ['R1', 'R2'])
    scene.did({ do: 'make', reservation: reservation({ orderNo, kind: 'shared', shareNo: 'S1' }) })
  scene.did({ do: 'cancel', orderNo: 'R2' }).did({ do: 'unshare', shareNo: 'S1' })
  expect(scene.due()).toEqual(['made', 'made', 'cancelled', 'cancelled'])
})

it('keeps its bay from others only while it may be used', () => {
  const scene = made()
  const room = (clock: string, inside = 1) => ({ nowMs: at(clock), capacity: 2, inside })
  const { reservations } = scene.lot
  expect(keptBays(reservations, at('09:44'))).toBe(0)
  expect(entryBar(reservations, room('09:44'), '测A00001', false)).toBeNull()
  expect(entryBar(reservations, room('09:45'), '测A00001', false)).toBe('lotFull')
  expect(entryBar(reservations, room('09:45'), null, false)).toBe('lotFull')
  expect(entryBar(reservations, room('09:45', 2), '粤B12345', false)).toBeNull()
  expect(entryBar(reservations, room('09:45', 2), '测A00001', true)).toBeNull()
  expect(entryBar(reservations, room('12:00'), '测A00001', false)).toBeNull()
  scene.did({ do: 'flow', on: true })
  expect(entryBar(reservations, room('12:00', 0), '测A00001', false)).toBe('flowControl')
  scene.did({ do: 'flow', on: false })
  expect(entryBar(reservations, room('12:00', 0), '测A00001', false)).toBeNull()
})

it('has four levels of saturation', () => {
  const { reservations } = new Scene().joined().lot
  const level = (inside: number): number =>
    saturationLevel(reservations, { nowMs: 0, capacity: 100, inside })
  expect([0, 59, 60, 84, 85, 99, 100, 120].map(level)).toEqual([0, 0, 1, 1, 2, 2, 3, 3])
})

describe('a stay that ends without its exit being seen', () => {
  const used = (): Scene =>
    new Scene()
      .joined()
      .did({ do: 'make', reservation: reservation() })
      .enters('s1', '粤B12345', '10:05')
  const ordered = (scene: Scene): Scene =>
    scene.row({
      kind: 'orderMade',
      atMs: scene.nowMs,
      laneId: 'exit',
      stayId: 's1',
      orderId: 'o1',
      amountFen: 500,
      body: {
        tariffId: 't',
        fromMs: at('10:05'),
        toMs: scene.nowMs,
        lines: [],
        plate: '粤B12345',
        plateRaw: null,
        colour: 'blue',
      },
    } as never)
  const state = (scene: Scene): string | undefined =>
    scene.lot.reservations.byOrder.get('R1')?.state
  it.each([
    [
      'the car did not come in: it may be used again',
      (s: Scene) => s.leaves('s1', '10:30', ''),
      'open',
    ],
    [
      'it was priced and paid: never free again',
      (s: Scene) => ordered(s).leaves('s1', '10:30', ''),
      'used',
    ],
    ['after its time: never again', (s: Scene) => s.leaves('s1', '12:00', ''), 'used'],
    ['a minute before its end: again', (s: Scene) => s.leaves('s1', '11:59', ''), 'open'],
    ['seen at an exit: used up', (s: Scene) => s.leaves('s1', '10:30'), 'used'],
    [
      'priced, and seen at an exit: used up',
      (s: Scene) => ordered(s).leaves('s1', '10:30'),
      'used',
    ],
  ])('%s', (_, ends, wanted) => {
    const scene = used()
    expect(state(scene)).toBe('used')
    expect(state(ends(scene))).toBe(wanted)
  })
})
