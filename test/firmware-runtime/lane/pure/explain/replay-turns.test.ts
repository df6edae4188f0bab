// The turns of a car replayed from their records: the same effects, and every difference is detected.
// The records come from a running lot.
import { describe, expect, it } from 'vitest'
import { replayTurns } from '#lane/pure/explain/replay-turns.ts'
import type { TurnRecord } from '#lane/pure/explain/turn.ts'
import { paidByHand } from './explain-kit.ts'

const turnsOf = async (): Promise<readonly TurnRecord[]> => (await paidByHand()).turns
const changedAt = (
  turns: readonly TurnRecord[],
  at: number,
  part: Partial<TurnRecord>,
): readonly TurnRecord[] => turns.map((turn, i) => (i === at ? { ...turn, ...part } : turn))

describe('the turns of a car', () => {
  it('are the same when they are made again', async () => {
    const turns = await turnsOf()
    expect(turns.length).toBeGreaterThan(5)
    // It waited ten seconds, in which its lane looked again every 300 ms.
    expect(turns.length).toBeLessThan(20)
    expect(turns[0]).toMatchObject({ no: 1, laneId: 'exit', event: { type: 'loop' } })
    expect(turns.at(-1)?.after).toBe('idle')
    expect(replayTurns(turns)).toEqual([])
  })

  it('differ where an effect is another', async () => {
    const turns = await turnsOf()
    const at = turns.findIndex(({ effects }) => effects.some((one) => one.do === 'barrier'))
    const effects = turns[at]?.effects.filter((one) => one.do !== 'barrier') ?? []
    expect(replayTurns(changedAt(turns, at, { effects }))).toMatchObject([{ turn: at + 1 }])
  })

  it('differ where an event is another', async () => {
    const turns = await turnsOf()
    const at = turns.findIndex(({ event }) => event.type === 'settle')
    const event = turns[at]?.event
    if (event?.type !== 'settle') throw new Error('somebody settled')
    const dearer = changedAt(turns, at, { event: { ...event, means: 'free' } })
    expect(replayTurns(dearer)[0]).toMatchObject({ turn: at + 1, event: 'settle' })
  })

  it('differ where the lane asks what it was not answered', async () => {
    const turns = await turnsOf()
    const at = turns.findIndex(({ asked }) => asked.length > 0)
    const [found] = replayTurns(changedAt(turns, at, { asked: [] }))
    expect(found).toMatchObject({ turn: at + 1, was: 'answered' })
  })

  it('differ where one is left out', async () => {
    const turns = await turnsOf()
    expect(replayTurns(turns.toSpliced(2, 1))[0]).toMatchObject({ turn: 3, now: 'turnMissing' })
  })
})
