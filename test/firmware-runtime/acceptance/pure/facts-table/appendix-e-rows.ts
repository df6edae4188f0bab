// Table E.1 against the rows of the lane: frames, card and proof that agree with each other may be of another year, lane or card.
import { expect } from 'vitest'
import type { FrameFact } from '#ledger/pure/facts.ts'
import { cardFacts } from '../scene.ts'
import { proofOf } from './appendix-e.ts'
import { body, both, facts, frame, kind, type Change } from './change.ts'
import type { Demand } from './example.ts'

/** The first charge of the ledger, with its frames moved in time or to another lane. */
const frames =
  (is: (type: string) => boolean, members: Partial<FrameFact>): Change =>
  (all) => {
    const stay = all.rows.find(kind('intent'))?.stayId
    const moved = all.frames.map((one) =>
      one.stayId === stay && is(one.type) ? { ...one, ...members } : one,
    )
    expect(moved.some((one, i) => one !== all.frames[i])).toBe(true)
    return facts({ frames: moved })(all)
  }
const yearBefore = '20250302080000'
/** Card, frames and proof agree, and are of the year before. */
const ofAnotherYear = both(
  body(kind('armed'), { timeBcd: yearBefore }),
  frame('C6', { time: yearBefore }),
  frame('B5', { time: yearBefore }),
  proofOf({ timeBcd: yearBefore }),
)
const zerosOf = (members: Readonly<Record<string, unknown>>): Change =>
  both(frame('B4', members), frame('C6', members), frame('B5', members))

export const appendixERows: readonly Demand[] = [
  {
    item: 'E1',
    demands: 'the frames are of the time, the lane, the OBU and the card of the row',
    lot: cardFacts,
    wrong: {
      'card, C6, B5 and proof of the year before': ofAnotherYear,
      'frames of the day before': frames(() => true, { atIso: '2026-03-01T08:00:00.000+08:00' }),
      'the debit of an hour later': frames((type) => type === 'C6' || type === 'B5', {
        atIso: '2026-03-02T09:30:00.000+08:00',
      }),
      'frames of another lane': frames(() => true, { laneId: 'exit2' }),
      'one frame of another lane': frames((type) => type === 'B5', { laneId: 'entry' }),
      'an OBU of zeros': both(
        zerosOf({ obuId: '00000000' }),
        body(kind('armed'), { obuId: '00000000' }),
        body(kind('outcome'), { obuId: '00000000' }),
      ),
      'a TAC of zeros, in frame and proof': both(
        frame('B5', { tac: '00000000' }),
        proofOf({ tac: '00000000' }),
      ),
      'a card type that is none': both(
        body(kind('armed'), { cardType: 99 }),
        frame('B4', { card: { cardType: 99, network: '4501', cardNumber: '2299000000010000' } }),
      ),
      'another card type than was armed': body(kind('armed'), { cardType: 24 }),
      'B5 after the outcome': frames((type) => type === 'B5', {
        atIso: '2026-03-02T08:03:00.000+08:00',
      }),
    },
    absent: { 'the time on the card': body(kind('armed'), { timeBcd: '' }) },
  },
  {
    item: 'E3',
    demands: 'the proof is of this year, and of this debit alone',
    lot: cardFacts,
    wrong: {
      'the year before, in card, frames and proof': ofAnotherYear,
      'the serial of another debit, with its own TAC': (all) => {
        const [, second] = all.rows.filter(kind('outcome'))
        const other = second?.kind === 'outcome' ? second.body.proof : null
        return proofOf({ psamSerial: other?.psamSerial })(all)
      },
    },
    absent: { 'the time on the card': body(kind('armed'), { timeBcd: '' }) },
  },
]
