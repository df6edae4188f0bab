// What closing the window does, for every kind of runtime and state of the queue.
// A silent runtime never keeps the window open.
import { afterEach, describe, expect, it, vi } from 'vitest'
import { decideClose, decideLeave } from '../../../electron/main/closing.ts'
import type { Reply, RuntimeLink } from '../../../electron/main/runtime-link.ts'

const link = (kind: RuntimeLink['kind'], call: () => Promise<Reply>): RuntimeLink => ({
  kind,
  call,
  subscribe: () => () => undefined,
  close: () => Promise.resolve(),
})
const answering = (mode: string, unsent: number) => () =>
  Promise.resolve({ ok: true, data: { mode, queue: { unsent } } } as const)

afterEach(() => {
  vi.useRealTimers()
})

describe('closing', () => {
  it.each([
    ['hosted', 'demo', 0, false, true, 'end', 0],
    ['hosted', 'demo', 3, false, true, 'end', 1],
    ['hosted', 'demo', 3, false, false, 'stay', 1],
    ['hosted', 'production', 0, false, true, 'tray', 0],
    ['hosted', 'production', 3, false, true, 'tray', 0],
    ['hosted', 'production', 3, true, false, 'stay', 1],
    ['hosted', 'production', 0, true, true, 'end', 0],
    ['attached', 'production', 9, false, false, 'end', 0],
    ['attached', 'demo', 9, true, false, 'end', 0],
  ] as const)('%s %s, %i unsent, quitting %s, answer %s: %s', async (...row) => {
    const [kind, mode, unsent, quitting, answer, choice, questions] = row
    const closeAnyway = vi.fn(() => Promise.resolve(answer))
    const decided = await decideClose(link(kind, answering(mode, unsent)), {
      closeAnyway,
      quitting,
    })
    expect(decided).toBe(choice)
    expect(closeAnyway).toHaveBeenCalledTimes(questions)
    if (questions > 0) expect(closeAnyway).toHaveBeenCalledWith(unsent)
  })

  it('does not wait for ever for a runtime that says nothing', async () => {
    vi.useFakeTimers()
    const decided = decideClose(
      link('hosted', () => new Promise<Reply>(() => undefined)),
      { closeAnyway: () => Promise.resolve(false), quitting: false },
    )
    await vi.advanceTimersByTimeAsync(2_000)
    expect(await decided).toBe('end')
  })
})

describe('going back to the start page', () => {
  it.each([
    ['hosted', 'demo', 0, true, 0, 0],
    ['hosted', 'workbench', 0, true, 0, 0],
    ['hosted', 'demo', 3, false, 1, 0],
    ['hosted', 'production', 0, false, 0, 1],
    ['hosted', 'production', 3, false, 0, 1],
    ['attached', 'production', 3, true, 0, 0],
  ] as const)('%s %s, %i unsent, answered no: leaves %s', async (...row) => {
    const [kind, mode, unsent, leaves, aboutUnsent, aboutLanes] = row
    const [closeAnyway, stopLanes] = [vi.fn(), vi.fn()].map((ask) => ask.mockResolvedValue(false))
    const decided = await decideLeave(link(kind, answering(mode, unsent)), {
      closeAnyway: closeAnyway as () => Promise<boolean>,
      stopLanes: stopLanes as () => Promise<boolean>,
    })
    expect(decided).toBe(leaves)
    expect(closeAnyway).toHaveBeenCalledTimes(aboutUnsent)
    expect(stopLanes).toHaveBeenCalledTimes(aboutLanes)
  })
})
