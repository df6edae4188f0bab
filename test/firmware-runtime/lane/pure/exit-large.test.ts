// A large amount (5.2.1 d) is never charged automatically: a person releases exactly that amount, corrects the plate, or
// takes payment by other means; a higher price for the same car needs a new release.
import { describe, expect, it } from 'vitest'
import { largeWaitMs } from '#lane/pure/exit-parts.ts'
import type { LaneEvent } from '#lane/pure/lane.ts'
import {
  act,
  b5,
  cardReadEvent,
  LaneBench,
  loop,
  otherPlate,
  plateEvent,
  proofFor,
  timerEvent,
} from './lane-bench.ts'
import { arriving, rsuUp } from './effects-kit.ts'

const release: LaneEvent = { type: 'release', act: act('release-1') }

function waits(chargeMode: 'card' | 'online', largeByCode = false): LaneBench {
  const made = new LaneBench({ chargeMode, largeAmountFen: 499, largeByCode })
    .entered()
    .give(...arriving)
  expect([made.state.name, made.state.car?.manual]).toEqual(['manual', 'largeAmount'])
  made.done()
  return made
}
const kinds = (made: LaneBench): string[] => made.rows.map(({ kind }) => kind)

describe.each(['card', 'online'] as const)('%s mode', (chargeMode) => {
  it('without a person nothing is charged, whatever comes and goes', () => {
    const made = waits(chargeMode)
    made.give(cardReadEvent(), timerEvent('retry'), timerEvent('obu'))
    made.give({ type: 'rsuDown', reason: 'link' }, rsuUp, cardReadEvent(), plateEvent(otherPlate))
    expect([made.state.name, made.state.car?.manual]).toEqual(['manual', 'largeAmount'])
    expect(kinds(made)).not.toContain('intent')
    expect(kinds(made)).not.toContain('pass')
  })

  it('released, the audit row stands first and ETC goes on', () => {
    const made = waits(chargeMode).give(release)
    const log = made.done()
    expect(log.indexOf('+audit lane.release')).toBeLessThan(log.indexOf('rsu search on'))
    expect(made.rows.findLast(({ kind }) => kind === 'audit')?.body).toMatchObject({
      act: `lane.release ${made.state.car?.orderId}`,
      commandId: 'release-1',
    })
    made.give(cardReadEvent())
    expect(made.rows.findLast(({ kind }) => kind === 'intent')?.amountFen).toBe(500)
    if (chargeMode === 'online') return
    made.give(b5('paid', proofFor(9500)))
    expect(made.state.name).toBe('opening')
  })

  it('released while the antenna is out: it is said, and ETC goes on when that is back', () => {
    const made = waits(chargeMode).give({ type: 'rsuDown', reason: 'link' }, release)
    expect(made.state.car?.manual).toBe('rsuGone')
    made.give(rsuUp, cardReadEvent())
    expect(kinds(made)).toContain('intent')
  })

  it('corrected, the car is looked for by its plate, and the amount of the other is not its own', () => {
    const made = waits(chargeMode)
    const { orderId } = made.state.car ?? {}
    const read = plateEvent(otherPlate)
    if (read.type !== 'plate') throw new Error('a plate')
    made.give({ ...read, read: { ...read.read, deviceId: 'person' } })
    expect([made.state.name, made.state.car?.manual]).toEqual(['manual', 'noStay'])
    expect(made.state.car).toMatchObject({ orderId: null, dueFen: 0, plate: otherPlate })
    made.give(release)
    expect(made.state.car?.orderId).not.toBe(orderId)
    expect(kinds(made)).not.toContain('intent')
  })

  it('rejected, a person takes it otherwise, and no card is charged', () => {
    const made = waits(chargeMode)
    made.give({ type: 'settle', means: 'cash', amountFen: null, act: act('settle-1') })
    expect(made.state.name).toBe('opening')
    expect(kinds(made)).not.toContain('intent')
  })
})

it('nobody comes for an hour: it waits for a person, and no code is offered', () => {
  const made = waits('online')
  made.nowMs += 3_600_000
  made.give(timerEvent('retry'))
  expect([made.state.car?.manual, made.offersCode]).toEqual(['largeAmount', false])
})

it('nobody comes for a minute where the lot lets its driver pay by code: no card pays by itself', () => {
  const made = waits('online', true)
  made.nowMs += 59_999
  expect(made.offersCode).toBe(false)
  made.nowMs -= 59_999
  const timers = (): unknown[] => {
    const found = made.asked.flatMap((one) =>
      one.do === 'timer' && one.name === 'retry' ? [one.afterMs] : [],
    )
    made.asked = []
    return found
  }
  expect(timers().at(-1)).toBe(60_000)
  made.nowMs += 40_000
  made.give(timerEvent('retry'))
  expect([timers(), made.offersCode]).toEqual([[20_000], false])
  made.nowMs += 20_000
  made.give(timerEvent('retry'))
  expect([timers(), made.offersCode]).toEqual([[300], true])
  made.give(cardReadEvent())
  expect([made.state.car?.manual, kinds(made).includes('intent')]).toEqual(['largeAmount', false])
  // A person who comes may still release it, and then no code is offered.
  made.give(release)
  expect([made.state.name, made.offersCode]).toEqual(['searching', false])
})

it('a clock that was set back makes nobody wait longer than that', () => {
  const { state, nowMs } = waits('online', true)
  const waitMs = (atMs: number) => largeWaitMs(state, { nowMs: atMs, largeByCode: true })
  expect([waitMs(nowMs - 3_600_000), waitMs(nowMs + 3_600_000)]).toEqual([60_000, 0])
})

it('a car whose plate is corrected waits with a row that says why, of its own stay', () => {
  const made = waits('online').entered(90, otherPlate)
  const read = plateEvent(otherPlate)
  if (read.type !== 'plate') throw new Error('a plate')
  made.give({ ...read, read: { ...read.read, deviceId: 'person' } })
  const { manual, plate, stayId } = made.state.car ?? {}
  expect([manual, plate]).toEqual(['largeAmount', otherPlate])
  const told = made.rows.filter(({ kind }) => kind === 'exception')
  expect(told.map((row) => row.body)).toMatchObject([
    { reason: 'largeAmount' },
    { reason: 'largeAmount' },
  ])
  expect(told.at(-1)?.stayId).toBe(stayId)
})

it('a release is of a car that waits for it, and of nothing else', () => {
  const made = new LaneBench({ chargeMode: 'card' }).entered().give(...arriving)
  const before = made.state
  made.give(release)
  expect(made.state).toBe(before)
  made.give(loop('arrive', 'off'))
})
