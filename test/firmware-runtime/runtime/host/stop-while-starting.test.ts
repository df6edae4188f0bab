// A serving command that is stopped while it still starts: what fails afterwards is not reported as a fault, and it exits
// with 0. A failure without a stop is reported as usual.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { CliIo } from '#base/commands/command.ts'
import { serveUntilStopped } from '#runtime/commands/run.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'

function io(): { readonly io: CliIo; stop(): void; readonly said: string[] } {
  const said: string[] = []
  let stop = (): void => undefined
  const say = (text: string): void => void said.push(text)
  const stopped = (fn: () => void): void => void (stop = fn)
  return { io: { stdout: say, stderr: say, json: true, onStop: stopped }, said, stop: () => stop() }
}
const gone = (): LaneFault => new LaneFault('SYS-01', { note: 'a simulator is gone' })

// A stop that hangs is cut short seconds later by a timer, which must not fire in another test.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout'] }))
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

test('stopped while it starts: its simulators end with it, and nothing is said', async () => {
  const { io: own, stop, said } = io()
  const code = await serveUntilStopped(own, (end) => {
    stop()
    end(1, gone())
    return Promise.reject(gone())
  })
  expect([code, said]).toEqual([0, []])
})

test('stopped while it starts, and the start hangs: it is cut short', async () => {
  const exit = vi.spyOn(process, 'exit').mockImplementation(() => undefined as never)
  const { io: own, stop } = io()
  const start = Promise.withResolvers<never>()
  const ended = serveUntilStopped(own, () => start.promise)
  stop()
  vi.advanceTimersByTime(3_999)
  expect(exit).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(exit).toHaveBeenCalledExactlyOnceWith(0)
  start.reject(gone())
  await expect(ended).resolves.toBe(0)
})

test.each(['stopped', 'failed', 'ended'])(
  '%s: no net of it is left in the process',
  async (how) => {
    const listeners = () => process.listenerCount('unhandledRejection')
    const before = listeners()
    const { io: own, stop } = io()
    const exit = vi.fn()
    const running = { endpoints: {}, unsent: 0, stop: () => Promise.resolve() } as never
    const ended = serveUntilStopped(
      own,
      (end) => {
        expect(listeners()).toBe(before + 1)
        if (how === 'stopped') stop()
        if (how === 'ended') end(0, null)
        return how === 'ended' ? Promise.resolve(running) : Promise.reject(gone())
      },
      exit,
    )
    await ended.catch(() => undefined)
    expect(listeners()).toBe(before)
  },
)

test('not stopped: the fault is told', async () => {
  const { io: own } = io()
  await expect(serveUntilStopped(own, () => Promise.reject(gone()))).rejects.toMatchObject({
    code: 'SYS-01',
  })
})
