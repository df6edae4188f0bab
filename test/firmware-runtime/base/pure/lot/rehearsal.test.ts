// An outage rehearsal as rows and as a state machine: a begin without an end is found again, however the process ended, and
// the outage ends by its own time, by a person or by a start.
import { describe, expect, it } from 'vitest'
import {
  beganRow,
  emptyRehearsals,
  endedRow,
  foldRehearsal,
  rehearsalLimits,
  stepRehearsal,
  type RehearsalEffect,
  type RehearsalEvent,
  type RehearsalState,
} from '#base/pure/lot/rehearsal.ts'
import type { LedgerRow, RowDraft } from '#base/pure/rows/ledger-row.ts'

const rowOf = (draft: RowDraft, seq: number) => ({ ...draft, seq, hash: '' }) as LedgerRow
const result = {
  grade: 'slow',
  carsOut: 3,
  waitedMaxSec: 200,
  lostFen: 0,
  doubledFen: 0,
  restored: true,
} as const

/** The effects of each event; a timed look happens when it is due. */
function run(steps: readonly (readonly [atMs: number, event: RehearsalEvent])[]) {
  let state: RehearsalState = { name: 'none' }
  const done: (readonly [number, RehearsalEffect['do'], string?])[] = []
  for (const [atMs, event] of steps) {
    const step = stepRehearsal(state, event, atMs)
    ;({ state } = step)
    for (const effect of step.effects)
      if (effect.do === 'grade')
        done.push([atMs, 'grade', `${effect.endedBy} ${effect.restored ? 'back' : 'gone'}`])
      else if (effect.do !== 'lookIn') done.push([atMs, effect.do])
  }
  return { state: state.name, done }
}
const began = { type: 'began', forMs: 60_000 } as const
const look = (isBack: boolean): RehearsalEvent => ({ type: 'look', isBack })

describe('the rows of a rehearsal', () => {
  it('say what is cut until when, and how it ended', () => {
    const memory = emptyRehearsals()
    const what = { cut: 'rsu', laneId: 'exit' } as const
    foldRehearsal(memory, rowOf(beganRow(what, 1_000_000_000_000, 300_000), 7))
    const running = { ...what, beganAtMs: 1_000_000_000_000, endsAtMs: 1_000_000_300_000, seq: 7 }
    expect(memory).toEqual({ running, last: null })
    foldRehearsal(memory, rowOf(endedRow(what, 'person', result, 1_000_000_200_000), 9))
    const last = { ...running, ...result, endedBy: 'person', endedAtMs: 1_000_000_200_000 }
    expect(memory).toEqual({ running: null, last })
  })

  it.each(['', 'platform', 'moon 2026-01-01T00:00:00.000+08:00', 'rsu tomorrow'])(
    'that nobody can read say nothing: %s',
    (detail) => {
      const memory = emptyRehearsals()
      const row = { kind: 'event', atMs: 1, body: { type: 'rehearsalBegan', detail } } as const
      foldRehearsal(memory, rowOf(row, 1))
      expect(memory).toEqual(emptyRehearsals())
    },
  )
})

describe('a rehearsal', () => {
  it('ends by its own time, and is graded when what was cut answers', () => {
    const steps = [
      [0, began],
      [59_000, look(false)],
      [60_000, look(false)],
    ] as const
    expect(run([...steps, [61_000, look(false)], [62_000, look(true)]])).toEqual({
      state: 'none',
      done: [
        [0, 'cut'],
        [60_000, 'restore'],
        [62_000, 'grade', 'time back'],
      ],
    })
  })

  it('is ended by a person before', () => {
    const steps = [
      [0, began],
      [9_000, { type: 'stop', by: 'person' }],
    ] as const
    expect(run([...steps, [10_000, look(true)]]).done).toEqual([
      [0, 'cut'],
      [9_000, 'restore'],
      [10_000, 'grade', 'person back'],
    ])
  })

  it('says after its time that what was cut did not come back', () => {
    const { settleMs } = rehearsalLimits
    const steps = [
      [0, began],
      [60_000, look(false)],
    ] as const
    const late = 60_000 + settleMs
    expect(run([...steps, [late - 1, look(false)]]).state).toBe('settling')
    expect(run([...steps, [late, look(false)]]).done.at(-1)).toEqual([late, 'grade', 'time gone'])
  })

  it('of an earlier life cuts nothing in this one, and gets its end', () => {
    const steps = [
      [5_000, { type: 'stop', by: 'restart' }],
      [6_000, look(true)],
    ] as const
    expect(run(steps).done).toEqual([
      [5_000, 'restore'],
      [6_000, 'grade', 'restart back'],
    ])
  })

  it('is not ended where none runs', () => {
    expect(
      run([
        [0, { type: 'stop', by: 'person' }],
        [1, look(true)],
      ]).done,
    ).toEqual([])
  })
})
