// What two records of one stay, card or car say about each other, and a lane about its application: each row is what came
// first, what came then, and the code that this must get.
import { describe, expect, it } from 'vitest'
import { isChargedTwice } from '#simulators/platform/records/repeat.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { cardCharge, charge, createRig, nowMs } from './rig.ts'
import { entry, parkId, send, signIn, type paths } from './records.ts'

const entered = '2026-11-20T12:00:00.000+08:00'
const atEntry = (minutes: number) => ({
  ...entry(),
  enTime: isoOf(Date.parse(entered) + minutes * 60_000),
})
const leftAs = (more: object = {}) => charge({ entryNo: 'E1', ...more })
const ofCard = (serial: string, more: object = {}) =>
  charge({ ...cardCharge(), outTradeNo: `T${serial}`, entryNo: `S${serial}`, ...more })
const again = { enTime: '2026-11-20T14:01:00.500+08:00', exTime: '2026-11-20T14:03:00.500+08:00' }
const second = { ...again, parkDuration: 120, transTime: again.exTime, entryNo: undefined }
const own = { etcCardId: '45010000000000000001', vehiclePlate: '测A12345' }

type Pair = readonly [
  string,
  string,
  readonly [keyof typeof paths, object],
  readonly [keyof typeof paths, object],
]
const pairs: readonly Pair[] = [
  ['a charge of its entry', '100000', ['entry', atEntry(0)], ['charge', leftAs()]],
  ['within the clocks', '100000', ['entry', atEntry(5)], ['charge', leftAs()]],
  ['an entry behind its exit', '200004', ['charge', leftAs()], ['entry', atEntry(130)]],
  ['an exit before its entry', '200004', ['entry', atEntry(130)], ['charge', leftAs()]],
  ['an earlier entry than the record', '200004', ['entry', atEntry(90)], ['charge', leftAs()]],
  ['an entry behind the charge', '100000', ['charge', leftAs()], ['entry', atEntry(0)]],
  ['of another stay', '100000', ['entry', atEntry(90)], ['charge', leftAs({ entryNo: 'E2' })]],
  ['two stays at once', '300001', ['charge', leftAs(own)], ['charge', charge(own)]],
  [
    'a second stay without entryNo',
    '100000',
    ['charge', leftAs(own)],
    ['charge', charge({ ...own, ...second })],
  ],
  [
    'both without entryNo',
    '100000',
    ['charge', charge({ ...own, entryNo: undefined })],
    ['charge', charge({ ...own, ...second })],
  ],
  ['one proof for two stays', '300001', ['charge', ofCard('1')], ['charge', ofCard('2')]],
]

it.each(pairs)('%s is answered %s', (_, respCode, first, then) => {
  const rig = createRig({ tac: 'any' })
  expect(send(rig, ...first)).toBe('100000')
  expect(send(rig, ...then)).toBe(respCode)
  // The books name the same after a restart.
  const after = createRig({ tac: 'any', rows: rig.rows.slice(0, -1) })
  expect(send(after, ...then)).toBe(respCode)
})

it('a refused charge says nothing about the entry of its stay', () => {
  const rig = createRig()
  expect(send(rig, 'charge', leftAs({ cardNetNo: '4401' }))).toBe('300004')
  expect(send(rig, 'entry', atEntry(90))).toBe('100000')
})

describe('a sandbox knows the lanes of its application', () => {
  const application = {
    t: 'application',
    id: 'T1',
    lotId: 'LOT1',
    use: 'test',
    report: null,
    laneNos: ['exit', 'entry'],
    atMs: nowMs,
  } as const
  const passed = ['business', 'technical'].map(
    (level) =>
      ({
        t: 'review',
        id: 'T1',
        level,
        by: level,
        verdict: 'pass',
        reason: '',
        atMs: nowMs,
      }) as const,
  )
  const at1 = { parkId: 'LOT1' }
  it.each([
    ['its lane', '100000', [application, ...passed], signIn(at1)],
    ['lane 77', '400009', [application, ...passed], signIn({ ...at1, laneNo: '77' })],
    ['another lot', '400009', [application, ...passed], signIn({ parkId: 'LOT2' })],
    ['an older application', '100000', [{ ...application, laneNos: [] }, ...passed], signIn()],
    ['before its approval', '100000', [application], signIn()],
  ] as const)('%s: %s', (_, respCode, rows, body) => {
    const rig = createRig({ isNew: true, rows, sandbox: 'SBLOT1' })
    expect(send(rig, 'signIn', body, 'SBLOT1')).toBe(respCode)
  })
})

describe('one stay, or two', () => {
  const minute = 60_000
  const stay = (from: number, to: number, entryNo: string | null = null, mode = 2) => ({
    mode,
    entryNo,
    parkId,
    cardId: null,
    vehicle: 'A_0',
    isAtGate: true as const,
    enMs: from * minute,
    exMs: to * minute,
    transMs: to * minute,
  })
  const atBay = ({ isAtGate: _, ...one }: ReturnType<typeof stay>) => one
  const byProof = (from: number, proof: string) => ({ ...stay(from, from + 60, null, 1), proof })
  it.each([
    ['again under another number', true, stay(0, 60), stay(0, 60)],
    ['overlapping', true, stay(0, 60), stay(30, 90)],
    ['begun when the first one ended, short', false, stay(0, 60), stay(60, 62)],
    ['the other way round', false, stay(60, 62), stay(0, 60)],
    ['of no length, within five minutes', true, stay(0, 60), stay(62, 62)],
    ['of no length, after five minutes', false, stay(0, 60), stay(66, 66)],
    ['with two entry numbers, one after the other', false, stay(0, 60, 'E1'), stay(60, 62, 'E2')],
    ['with two entry numbers, within the clocks', false, stay(0, 60, 'E1'), stay(58, 90, 'E2')],
    ['with two entry numbers at once', true, stay(0, 60, 'E1'), stay(57, 90, 'E2')],
    ['at once, one of them at a bay', false, stay(0, 60, 'E1'), atBay(stay(0, 60, 'E2'))],
    ['one inside the other', true, stay(0, 60, 'E1'), stay(20, 25, 'E2')],
    [
      'at once, of another plate',
      false,
      stay(0, 60, 'E1'),
      { ...stay(0, 60, 'E2'), vehicle: 'B_0' },
    ],
    ['with one proof of a card', true, byProof(0, 'A'), byProof(90, 'A')],
    ['with two proofs', false, byProof(0, 'A'), byProof(90, 'B')],
    ['with one entry number twice', true, stay(0, 60, 'E1'), stay(90, 120, 'E1')],
    ['with one entry number and none', true, stay(0, 60, 'E1'), stay(30, 90)],
    ['a zero consumption', false, stay(0, 60, 'E1', 3), stay(0, 60, 'E1')],
  ])('%s: %s', (_, isOne, one, other) => {
    expect(isChargedTwice(one, other)).toBe(isOne)
  })
})
