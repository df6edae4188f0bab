// Piles and handhelds in the runtime's answers, for tests of the window: inside, outside, old,
// charging, waiting for a person, and the price of a car there.
import type { PlaceQuoteView, PlaceView } from '#lane/calls/place-views.ts'
import type { BoardView, LaneView } from '#lane/calls/views.ts'
import { car, device, isoAt, lane, steps } from '../lane/lane-views.ts'

export const center = { latMicrodeg: 22_817_000, lonMicrodeg: 108_366_000 }
const north = (microdeg: number) => ({ ...center, latMicrodeg: center.latMicrodeg + microdeg })

export const handheld = (over: Partial<PlaceView> = {}): PlaceView => ({
  laneId: 'handheld',
  kind: 'handheld',
  space: null,
  fence: { shape: 'circle', center, radiusM: 60 },
  marginM: 10,
  staleSec: 10,
  source: 'gnss',
  receiver: { link: 'tcp://192.0.2.30:2947', up: true, heardMsAgo: 800 },
  position: { ...north(180), accuracyMm: 3_200 },
  ageMs: 600,
  bar: null,
  code: null,
  state: 'idle',
  manual: null,
  car: null,
  last: null,
  ...over,
})

const corner = (lat: number, lon: number) => ({
  latMicrodeg: center.latMicrodeg + lat,
  lonMicrodeg: center.lonMicrodeg + lon,
})
export const pile = (over: Partial<PlaceView> = {}): PlaceView =>
  handheld({
    laneId: 'pile',
    kind: 'etc-pile',
    space: 'A12',
    fence: {
      shape: 'polygon',
      points: [corner(-60, -100), corner(-70, 90), corner(40, 110), corner(60, -80)],
    },
    position: { ...corner(5, 20), accuracyMm: 1_000 },
    staleSec: null,
    ageMs: null,
    source: 'fixed',
    receiver: null,
    ...over,
  })

const paidCar = {
  plate: '测B24680',
  stayId: 'S-DEMO01-190',
  orderId: 'O-DEMO01-190',
  amountFen: 700,
  paidFen: 700,
  deduction: 'paid',
  reason: '',
} as const
export const carAtPlace = { ...paidCar, plate: '测A12345', amountFen: 1_200, paidFen: 0 } as const

/** Handhelds that may not charge, each with the runtime's code. */
export const barred = {
  outside: handheld({
    bar: 'outside',
    code: 'PLACE-01',
    position: { ...north(760), accuracyMm: 4_000 },
  }),
  noPosition: handheld({
    bar: 'noPosition',
    code: 'PLACE-02',
    position: null,
    ageMs: null,
    receiver: { link: 'tcp://192.0.2.30:2947', up: false, heardMsAgo: null },
  }),
  stale: handheld({ bar: 'stale', code: 'PLACE-03', ageMs: 34_000 }),
  imprecise: handheld({
    bar: 'imprecise',
    code: 'PLACE-04',
    position: { ...center, accuracyMm: 38_000 },
  }),
  jumped: handheld({ bar: 'jumped', code: 'PLACE-05' }),
} as const satisfies Record<string, PlaceView>

export const placeStates = {
  empty: [],
  normal: [handheld({ last: paidCar }), pile()],
  busy: [
    handheld({ state: 'searching', car: { ...carAtPlace, deduction: null }, last: paidCar }),
    pile(),
  ],
  error: [
    handheld({
      ...barred.outside,
      state: 'manual',
      manual: 'outsideFence',
      car: { ...carAtPlace, deduction: 'refused', reason: 'outsideFence' },
    }),
    pile({ last: { ...paidCar, deduction: 'unknown', paidFen: 0, reason: 'noAnswerTwice' } }),
  ],
} as const satisfies Record<string, readonly PlaceView[]>

const off = device({ state: 'off', heardMsAgo: null, link: '' })
const placeLane = (over: Partial<LaneView>): LaneView =>
  lane({
    devices: {
      rsu: device({ link: 'tcp://192.0.2.30:60001?variant=generic/rsu-frames' }),
      camera: off,
      barrier: off,
      display: off,
    },
    ...over,
  })

/** A board of the lot with the lanes of these places. */
export function boardWith(base: BoardView, places: readonly PlaceView[]): BoardView {
  const names = {
    handheld: { zh: '手持机 1', en: 'Handheld 1' },
    'etc-pile': { zh: '识别桩 A12', en: 'Pile A12' },
  }
  const lanes = places.map(({ laneId, kind, state, car: own, manual }) =>
    placeLane({
      laneId,
      state,
      place: kind,
      name: names[kind],
      car: own === null ? null : car({ plate: own.plate, manual, obuId: null }),
      steps:
        state === 'manual'
          ? steps([0, 2, 5], 'failed', manual ?? '')
          : steps(own === null ? [] : [0, 2, 5], own === null ? 'idle' : 'busy'),
    }),
  )
  return { ...base, lanes: [...base.lanes, ...lanes] }
}

export const quoteView = (over: Partial<PlaceQuoteView> = {}): PlaceQuoteView => ({
  laneId: 'handheld',
  plate: '测A12345',
  colour: 'blue',
  stayId: 'S-DEMO01-231',
  enteredAtIso: isoAt('08:02:11'),
  stayMin: 133,
  amountFen: 1_200,
  dueFen: 1_200,
  lines: car().lines,
  alreadyPaid: null,
  unsettled: false,
  why: null,
  elsewhere: null,
  ...over,
})

export const chargeRows: readonly Record<string, unknown>[] = [
  ['测B24680', 700, 'paid', '09:41:20'],
  ['测C88K21', 1_500, 'refused', '09:58:02'],
  ['测A13579', 500, 'paid', '10:07:44'],
  ['测D20468', 350, 'unknown', '10:12:30'],
].map(([plate, amountFen, state, time], index) => ({
  deductionId: `O-DEMO01-${index}.D1`,
  stayId: `S-DEMO01-${index}`,
  orderId: `O-${index}`,
  laneId: 'handheld',
  plate,
  amountFen,
  state,
  intentAtIso: isoAt(String(time)),
}))
