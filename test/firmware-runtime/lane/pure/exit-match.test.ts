// Which stay the car at the exit belongs to: a plate corrected by its score, an OBU that contradicts it, a person who
// corrects it. A stay taken for the car's own is dropped as soon as anything shows that it belongs to another car.
import { describe, expect, it } from 'vitest'
import type { LaneEvent } from '#lane/pure/lane.ts'
import {
  act,
  cardReadEvent,
  LaneBench,
  loop,
  plate,
  plateEvent,
  type BenchOptions,
} from './lane-bench.ts'

const misread = '测A1234S'
const other = '测A99999'

function read(text: string, deviceId?: string, confidence: number | null = null): LaneEvent {
  const event = plateEvent(text)
  if (event.type !== 'plate') throw new Error('a plate')
  const device = deviceId === undefined ? {} : { deviceId }
  return { ...event, read: { ...event.read, confidence, ...device } }
}
const obuOf = (text: string): LaneEvent => {
  const event = cardReadEvent()
  if (event.type !== 'cardRead') throw new Error('a card')
  const card = { ...event.card, plate: text }
  return { ...event, card, vehicle: { ...event.vehicle, plate: text } }
}
const corrected = (options: BenchOptions): LaneBench =>
  new LaneBench(options).entered(70).give(loop('arrive', 'on'), read(misread))
const rowsOf = (bench: LaneBench, kind: string) => bench.rows.filter((row) => row.kind === kind)

describe.each(['card', 'online'] as const)('%s mode', (chargeMode) => {
  it('a corrected plate goes on as its own, with what was read and why beside it', () => {
    const made = corrected({ chargeMode })
    expect(made.state.name).toBe('searching')
    expect(made.state.car).toMatchObject({ plate, plateRaw: misread, candidates: [] })
    expect(made.state.car?.match).toMatchObject({ plateRead: misread, score: 87, scoreMin: 80 })
    expect(rowsOf(made, 'orderMade')[0]?.body).toMatchObject({
      plate,
      plateRaw: misread,
      match: { score: 87, secondScore: null },
    })
    made.give(obuOf(plate))
    expect(rowsOf(made, 'intent')).toHaveLength(1)
  })

  it('the camera’s certainty counts', () => {
    const sure = new LaneBench({ chargeMode }).entered(70)
    sure.give(loop('arrive', 'on'), read(misread, undefined, 0.99))
    expect(sure.state.car?.match?.score).toBe(84)
  })

  it('the OBU has the plate that was read: the stay of the other is let alone', () => {
    const made = corrected({ chargeMode })
    const orderId = made.state.car?.orderId
    made.give(obuOf(misread))
    expect([made.state.name, made.state.car?.manual]).toEqual(['manual', 'noStay'])
    expect(made.state.car).toMatchObject({
      stayId: null,
      orderId: null,
      plate: misread,
      match: null,
    })
    const paid = made.rows.filter(({ kind }) => kind === 'payment' || kind === 'pass')
    expect(paid).toEqual([])
    expect(rowsOf(made, 'outcome').every((row) => row.orderId === orderId)).toBe(true)
    // A further camera reading does not override the OBU.
    made.give(read(misread))
    expect(made.state.car?.manual).toBe('noStay')
    expect(made.state.car?.candidates).toMatchObject([{ plate, score: 87 }])
  })

  it('an OBU one character off is no OBU of a corrected car', () => {
    const made = corrected({ chargeMode }).give(obuOf('测A12346'))
    expect(made.state.car?.turnedAway?.reason).toBe('plateMismatch')
    expect(made.state.name).toBe('searching')
    const exact = new LaneBench({ chargeMode }).entered(70).give(loop('arrive', 'on'), read(plate))
    exact.give(obuOf('测A12346'))
    expect(exact.state.car?.turnedAway).toBeNull()
  })

  it('a person says that it is another car', () => {
    const made = corrected({ chargeMode })
    made.give({ type: 'rsuDown', reason: 'link' })
    expect(made.state.car).toMatchObject({ manual: 'rsuGone', plate })
    made.give(read(other, 'person'))
    expect(made.state.car).toMatchObject({
      manual: 'noStay',
      stayId: null,
      orderId: null,
      plate: other,
      plateRaw: misread,
    })
    // Settling makes its own stay, and the raw reading is stored beside the plate that the person gave.
    made.give({ type: 'settle', means: 'cash', amountFen: 500, act: act('settle-1') })
    expect(rowsOf(made, 'orderMade').at(-1)?.body).toMatchObject({
      plate: other,
      plateRaw: misread,
    })
  })

  it('a car whose plate was read as it is listens to no such correction', () => {
    const made = new LaneBench({ chargeMode }).entered(70).give(loop('arrive', 'on'), read(plate))
    made.give({ type: 'rsuDown', reason: 'link' }, read(other, 'person'))
    expect(made.state.car).toMatchObject({ manual: 'rsuGone', plate })
  })
})

describe('the record of a charge says who said the plate (P12)', () => {
  const saidOf = ({ freezes }: LaneBench) => {
    const row = freezes.at(-1)
    return row?.op === 'charge' ? (row.facts.plateBy ?? 'camera') : null
  }
  const online = (): LaneBench => new LaneBench({ chargeMode: 'online' }).entered(70)

  it('its camera, also where the plate was corrected by its score', () => {
    expect(saidOf(online().give(loop('arrive', 'on'), read(plate), obuOf(plate)))).toBe('camera')
    expect(saidOf(corrected({ chargeMode: 'online' }).give(obuOf(plate)))).toBe('camera')
  })
  it('a person who typed it, and the camera again where that read it afterwards', () => {
    const typed = online().give(loop('arrive', 'on'), read(other), read(plate, 'person'))
    expect(saidOf(typed.give(obuOf(plate)))).toBe('person')
    const reread = online().give(loop('arrive', 'on'), read(other), read('测A99998', 'person'))
    expect(saidOf(reread.give(read(plate), obuOf(plate)))).toBe('camera')
  })
  it('its OBU, where the camera took it for another one inside', () => {
    const made = online().entered(300, '测A12346').give(loop('arrive', 'on'), read(plate))
    made.give(obuOf('测A12346'), obuOf('测A12346'))
    expect(saidOf(made)).toBe('obu')
  })
})

describe.each(['card', 'online'] as const)('a neighbour in numbers, %s mode', (chargeMode) => {
  const inNumbers = '测A12346'
  const both = (): LaneBench => new LaneBench({ chargeMode }).entered(70).entered(300, inNumbers)
  const arrived = (): LaneBench => both().give(loop('arrive', 'on'), read(plate))

  it('the camera took it for another one inside: by its OBU it has its own stay, and pays that', () => {
    const made = arrived()
    const { orderId, amountFen } = made.state.car ?? {}
    made.give(obuOf(inNumbers))
    expect(made.state).toMatchObject({
      name: 'searching',
      car: { plate: inNumbers, plateRaw: plate, stayId: 'gx1-S2' },
    })
    expect(made.state.car?.orderId).not.toBe(orderId)
    expect(made.state.car?.dueFen).toBeGreaterThan(amountFen ?? 0)
    expect(rowsOf(made, 'event').at(-1)?.body).toEqual({ type: 'plateOfObu', detail: inNumbers })
    made.give(obuOf(inNumbers))
    const intents = rowsOf(made, 'intent').filter((row) => row.stayId === 'gx1-S2')
    expect(intents).toHaveLength(1)
    expect(made.rows.some((row) => row.kind === 'outcome' && row.stayId === 'gx1-S2')).toBe(false)
    // The stay of the other car stays open and unpaid, and its charge was never sent.
    const other = rowsOf(made, 'outcome').filter((row) => row.stayId === 'gx1-S1')
    expect(other.map(({ body }) => body)).toMatchObject(
      chargeMode === 'card' ? [{ state: 'refused', reason: 'plateMismatch' }] : [],
    )
  })

  it('not where no such car is inside: it is one that differs by its reading alone', () => {
    const made = new LaneBench({ chargeMode }).entered(70)
    made.give(loop('arrive', 'on'), read(plate), obuOf(inNumbers))
    expect(made.state.car).toMatchObject({ plate, stayId: 'gx1-S1' })
    expect(rowsOf(made, 'event')).toEqual([])
  })

  it('what a person released of the other one is not released of it', () => {
    const made = new LaneBench({ chargeMode, largeAmountFen: 499 })
    made.entered(300).entered(70, inNumbers).give(loop('arrive', 'on'), read(plate))
    made.give({ type: 'release', act: act('release-1') }, obuOf(inNumbers))
    expect(made.state.car).toMatchObject({ manual: 'largeAmount', stayId: 'gx1-S2', dueFen: 500 })
  })

  it('not against what a person said', () => {
    const made = both().give(loop('arrive', 'on'), read(other), read(plate, 'person'))
    made.give(obuOf(inNumbers))
    expect(made.state.car).toMatchObject({ plate, stayId: 'gx1-S1' })
  })
})

describe('too little, or two of them', () => {
  it('is asked of a person, with whom it may be; nothing is charged', () => {
    const made = new LaneBench({}).entered(70).give(loop('arrive', 'on'), read('测A12346'))
    expect([made.state.name, made.state.car?.manual]).toEqual(['manual', 'noStay'])
    expect(made.state.car?.candidates).toMatchObject([{ plate, score: 57, stayId: 'gx1-S1' }])
    expect(made.rows.map(({ kind }) => kind)).not.toContain('orderMade')
    // The picked stay is found by its plate, is not corrected, and clears the other candidates.
    made.give(read(plate, 'person'))
    expect(made.state.car).toMatchObject({
      plate,
      plateRaw: '测A12346',
      stayId: 'gx1-S1',
      match: null,
      candidates: [],
      reading: { mayCorrect: false },
    })
    expect(rowsOf(made, 'orderMade')[0]?.body).toMatchObject({ plate, plateRaw: '测A12346' })
    expect(rowsOf(made, 'orderMade')[0]?.body).not.toHaveProperty('match')
  })
  it('what a person types is corrected by nothing', () => {
    const made = new LaneBench({}).entered(70).give(loop('arrive', 'on'), read(other))
    made.give(read(misread, 'person'))
    expect(made.state.car).toMatchObject({ manual: 'noStay', plate: misread })
    expect(made.state.car?.candidates).toMatchObject([{ plate }])
    // The same camera reading afterwards changes nothing.
    made.give(read(misread))
    expect(made.state.car?.manual).toBe('noStay')
  })
  it('a second reading that is the plate itself helps', () => {
    const made = new LaneBench({}).entered(70).give(loop('arrive', 'on'), read('测A12346'))
    made.give(read(plate))
    expect(made.state.car).toMatchObject({ stayId: 'gx1-S1', match: null, candidates: [] })
  })
})

it('a clock in doubt: once it is sure, the price and why the plate was corrected are made together', () => {
  const made = new LaneBench({}).entered(70)
  made.clock = { cause: 'jump', readMs: made.nowMs, expectedMs: null }
  made.give(loop('arrive', 'on'), read(misread))
  expect(made.state.car).toMatchObject({ manual: 'clockUnsure', match: { plateRead: misread } })
  made.clock = null
  made.give({ type: 'clockSure' })
  expect(rowsOf(made, 'orderMade')[0]?.body).toMatchObject({
    plateRaw: misread,
    match: { score: 87 },
  })
})
