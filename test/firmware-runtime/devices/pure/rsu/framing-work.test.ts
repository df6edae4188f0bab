// Sequences of frame heads without a frame are not scanned again and again: a byte of such noise costs the same in 8 kB and
// in 80 kB, however it arrives. Steps are counted, no clock is read.
import { beforeAll, expect, it } from 'vitest'
import { inThread } from '../../../../kit/in-thread.ts'
import type { FramingWork } from './framing-work.ts'

/**
 * Counted: 37 to 42. Every eight bytes may begin a frame of 1,034 bytes, which is summed once, four bytes a step: 32 steps per byte.
 * Summing again with every piece that arrives would take thousands.
 */
const stepsMax = 50

let work: FramingWork
beforeAll(async () => {
  work = await inThread<FramingWork>(new URL('framing-work.ts', import.meta.url))
})

it('each byte of noise costs 50 steps at most, of 8 kB, of 80 kB, and of 80 kB at once', () => {
  const dear = Object.entries(work).flatMap(([id, each]) =>
    Object.entries(each).flatMap(([way, steps]) =>
      steps < stepsMax ? [] : [`${id} ${way} ${steps}`],
    ),
  )
  expect(dear).toEqual([])
  expect(Object.keys(work)).toEqual(['generic-ver', 'generic-len'])
})
