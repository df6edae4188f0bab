// The action of the Windows task by a table of ends: begun again after every end but a final one, with its waits, and what
// the doctor can read of it.
import { expect, it } from 'vitest'
import { serviceEnds } from '#lane/pure/lot/service-ends.ts'
import { keepLanes } from '#runtime/service/keep-running.ts'
import { isHeld } from '#base/desk/service/service-names.ts'

interface Run {
  readonly exit: number | null
  readonly ranMs: number
}

/** Plays these ends, then a final one. */
async function played(runs: readonly Run[]) {
  const waits: number[] = []
  const notes: string[] = []
  let [nowMs, count] = [0, 0]
  await keepLanes({
    run() {
      const { exit, ranMs } = runs[count] ?? { exit: 78, ranMs: 5 }
      count++
      nowMs += ranMs
      return Promise.resolve({ exit, said: `end ${count}` })
    },
    nowMs: () => nowMs,
    isoNow: () => '2026-11-27T08:00:00.000Z',
    wait(ms) {
      waits.push(ms)
      nowMs += ms
      return Promise.resolve()
    },
    note: (text) => void notes.push(text),
    hold: () => Promise.resolve(),
  })
  return { waits, notes, count }
}

it.each(
  serviceEnds.flatMap(({ exit, isBegunAgain }) => (exit === null ? [] : [{ exit, isBegunAgain }])),
)('exit $exit is begun again: $isBegunAgain', async ({ exit, isBegunAgain }) => {
  const { waits, notes, count } = await played([{ exit, ranMs: 5 }])
  expect([count, waits.length]).toEqual(isBegunAgain ? [2, 1] : [1, 0])
  expect(isHeld(notes.at(-1) ?? '')).toBe(true)
  expect(isHeld(notes[0] ?? '')).toBe(false)
})

it.each([
  [
    'killed, out of memory (134), by a task manager (1), a status of Windows',
    [null, 134, 1, 3_221_225_786],
  ],
  ['-1 as the public report has it', [4_294_967_295]],
  ['a hundred times without a limit', Array.from({ length: 100 }, () => 2)],
])('begun again: %s', async (_what, exits) => {
  const { waits, count } = await played(exits.map((exit) => ({ exit, ranMs: 100 })))
  expect(count).toBe(exits.length + 1)
  expect(waits).toEqual(exits.map((_, n) => (n === 0 ? 200 : 5_000)))
})

it('begins at once again what ran for a minute, and keeps the last twenty ends', async () => {
  const { waits, notes } = await played(
    Array.from({ length: 25 }, (_, n) => ({ exit: 1, ranMs: n % 2 === 0 ? 60_000 : 10 })),
  )
  expect(new Set(waits)).toEqual(new Set([200]))
  const { held, ends } = JSON.parse(notes.at(-1) ?? '') as { held: boolean; ends: object[] }
  expect([held, ends.length]).toEqual([true, 20])
  expect(ends.at(-1)).toMatchObject({ exit: 78, said: 'end 26', at: '2026-11-27T08:00:00.000Z' })
})
