// The lanes of a window go to the service of the computer: what the window shows, and who runs the lanes in the end.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { handOver, serviceWaitMs } from '../../../electron/main/hand-over.ts'
import type { RuntimeLink } from '../../../electron/main/runtime-link.ts'
import { StartLink } from '../../../electron/main/start-link.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const named = (name: string): RuntimeLink => ({
  kind: 'hosted',
  call: () => Promise.resolve({ ok: true, data: name }),
  subscribe: () => () => undefined,
  close: () => Promise.resolve(),
})

/** `answersAt`: looks before the service answers; Infinity: never. `chosen`: what a person does before the wait is over. */
async function after(answersAt: number, chosen: 'nothing' | 'start page' | 'another lot') {
  const link = new StartLink()
  const ended = named('ended')
  link.begin(ended)
  let looks = 0
  const said: string[] = []
  const done = handOver(link, {
    ended,
    attached: named('service'),
    answers: () => Promise.resolve(looks++ >= answersAt),
    host: () => Promise.resolve(named('window')),
    reload: () => void said.push('reload'),
    failed: () => void said.push('failed'),
  })
  await vi.advanceTimersByTimeAsync(500)
  if (chosen !== 'nothing') await link.leave()
  if (chosen === 'another lot') link.begin(named('another'))
  await vi.advanceTimersByTimeAsync(serviceWaitMs + 2_000)
  await done
  const reply = await link.call('status.get', {})
  return { runs: reply.ok ? reply.data : 'nobody', said }
}

it.each([
  ['the service answers at once', 0, 'nothing', 'service', ['reload']],
  ['it takes ten seconds', 10, 'nothing', 'service', ['reload']],
  ['it never begins', Infinity, 'nothing', 'window', ['reload', 'reload', 'failed']],
  ['a person went to the start page', Infinity, 'start page', 'nobody', ['reload']],
  ['a person opened another lot', Infinity, 'another lot', 'another', ['reload']],
] as const)('%s', async (_, answersAt, chosen, runs, said) => {
  expect(await after(answersAt, chosen)).toEqual({ runs, said })
})

it('a start page that came first is not replaced', async () => {
  const link = new StartLink()
  const host = vi.fn(() => Promise.resolve(named('window')))
  await handOver(link, {
    ended: named('ended'),
    attached: named('service'),
    answers: () => Promise.resolve(false),
    host,
    reload: () => expect.unreachable('the window shows the start page'),
    failed: () => expect.unreachable('nothing was handed over'),
  })
  expect(link.hasBegun).toBe(false)
  expect(host).not.toHaveBeenCalled()
})
