// Notifications to systemd: nothing without systemd, READY once, WATCHDOG twice per interval while the lanes' clock
// advances. Clock and messages are the test's own.
import { describe, expect, it } from 'vitest'
import { longStart, serviceNotice } from '#base/service/sd-notify.ts'

function heard(env: Record<string, string>) {
  const words: string[] = []
  let due: { ms: number; run: () => void } | null = null
  const notice = serviceNotice({
    env,
    mono: {
      after: (ms, run) => {
        due = { ms, run }
        return () => (due = null)
      },
    },
    say: (...said) => void words.push(...said),
  })
  return { notice, words, due: () => due }
}

describe('a service notice', () => {
  it('is none where nobody listens', () => {
    const { notice, words, due } = heard({})
    notice.ready()
    notice.stopping()
    expect(words).toEqual([])
    expect(due()).toBeNull()
  })

  it('says ready, alive while the thread turns, and stopping', () => {
    const { notice, words, due } = heard({ NOTIFY_SOCKET: '/run/n', WATCHDOG_USEC: '20000000' })
    notice.ready()
    expect(words).toEqual(['--ready', 'WATCHDOG=1'])
    expect(due()?.ms).toBe(10_000)
    due()?.run()
    expect(words).toEqual(['--ready', 'WATCHDOG=1', 'WATCHDOG=1'])
    notice.stopping()
    expect(words.at(-1)).toBe('STOPPING=1')
    expect(due()).toBeNull()
  })

  it('says only ready where no watchdog is set', () => {
    const { notice, words, due } = heard({ NOTIFY_SOCKET: '/run/n' })
    notice.ready()
    expect(words).toEqual(['--ready'])
    expect(due()).toBeNull()
  })
})

it.each([
  [{}, []],
  [{ NOTIFY_SOCKET: '/run/n' }, ['EXTEND_TIMEOUT_USEC=3600000000']],
])('a long start asks for an hour where somebody listens: %o', (env, said) => {
  const words: string[] = []
  longStart(env, (...more) => void words.push(...more))
  expect(words).toEqual(said)
})
