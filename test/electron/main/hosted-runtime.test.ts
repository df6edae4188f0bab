// The hosted runtime with fake processes and a fake clock: answers, streams, back-off, power cut, stop.
// Every open call is answered, whatever the process does.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { HostedRuntime, modeAfter, type Child } from '../../../electron/main/hosted-runtime.ts'
import { PortSession } from '../../../electron/main/port-session.ts'
import { backOffMs } from '../../../electron/main/runtime-link.ts'
import type { ToRuntime } from '#runtime/api/messages.ts'

interface MadeUp {
  readonly child: Child
  readonly posted: ToRuntime[]
  readonly ended: (code: number) => void
  stopped: boolean
}

let made: MadeUp[]
let nowMs: number
let taken = 0
let runtime: HostedRuntime
const last = (): MadeUp => {
  const found = made.at(-1)
  if (found === undefined) throw new Error('nothing was started')
  return found
}
const ready = (): void => last().child.session.take({ type: 'runtime', state: 'ready', unsent: 0 })

beforeEach(() => {
  vi.useFakeTimers()
  made = []
  nowMs = 0
  runtime = new HostedRuntime(
    (ended) => {
      const posted: ToRuntime[] = []
      const session = new PortSession({ post: (m) => void posted.push(m), close: () => undefined })
      const own: MadeUp = {
        posted,
        ended,
        stopped: false,
        child: {
          session,
          stop: () => {
            own.stopped = true
            return Promise.resolve()
          },
        },
      }
      made.push(own)
      return own.child
    },
    () => void (taken += 1),
    () => nowMs,
  )
})
afterEach(() => {
  vi.useRealTimers()
})

describe('calls', () => {
  it('before the runtime is ready are answered at once: it is away', async () => {
    expect(await runtime.call('lane.open', {})).toMatchObject({ error: { code: 'RUN-01' } })
    expect(last().posted).toEqual([])
  })

  it('meet their own reply, in any order', async () => {
    ready()
    const first = runtime.call('status.get', {})
    const second = runtime.call('board.get', {})
    last().child.session.take({ id: 2, reply: { ok: true, data: 'b' } })
    last().child.session.take({ id: 99, reply: { ok: true, data: 'nobody' } })
    last().child.session.take({ id: 1, reply: { ok: true, data: 'a' } })
    expect(await Promise.all([first, second])).toEqual([
      { ok: true, data: 'a' },
      { ok: true, data: 'b' },
    ])
  })

  it('without an answer end after a while: not known whether it was done', async () => {
    ready()
    const act = runtime.call('lane.open', {})
    const change = runtime.call('setup.save', {})
    const look = runtime.call('board.get', {})
    await vi.advanceTimersByTimeAsync(20_000)
    expect(await act).toMatchObject({ ok: false, error: { code: 'RUN-03' } })
    expect(await change).toMatchObject({ ok: false, error: { code: 'RUN-03' } })
    // Reading changes nothing, so the fault must not say that it may have.
    expect(await look).toMatchObject({ ok: false, error: { code: 'RUN-05' } })
  })

  it('to a document of minutes is waited for, and a short one is not', async () => {
    ready()
    const said: string[] = []
    const [sheet, look] = [runtime.call('survey.report', {}), runtime.call('board.get', {})]
    void sheet.then(() => said.push('sheet'))
    void look.then(() => said.push('look'))
    await vi.advanceTimersByTimeAsync(300_000)
    expect(said).toEqual(['look'])
    last().child.session.take({ id: 1, reply: { ok: true, data: 'a' } })
    expect(await sheet).toEqual({ ok: true, data: 'a' })
  })

  it('that were open when the process died are answered', async () => {
    ready()
    const [look, act] = [runtime.call('board.get', {}), runtime.call('lane.open', {})]
    last().ended(1)
    expect(await look).toMatchObject({ ok: false, error: { code: 'RUN-01' } })
    // The act may have been carried out, and the fault must say so.
    expect(await act).toMatchObject({ ok: false, error: { code: 'RUN-03' } })
  })

  it('after a start that failed say why, in the runtime own words', async () => {
    const error = { code: 'LOCK-01', message: 'm', means: '', todo: '', field: '', value: '17' }
    last().child.session.take({ type: 'runtime', state: 'failed', error, unsent: 0 })
    last().ended(2)
    expect(await runtime.call('status.get', {})).toEqual({ ok: false, error })
  })
})

describe('restarts', () => {
  it('wait longer each time, and say how long', async () => {
    for (const [index, waitMs] of [...backOffMs, 30_000].entries()) {
      expect(made).toHaveLength(index + 1)
      last().ended(1)
      expect(await runtime.call('board.get', {})).toMatchObject({
        error: { code: 'RUN-01', value: String(waitMs) },
      })
      await vi.advanceTimersByTimeAsync(waitMs - 1)
      expect(made).toHaveLength(index + 1)
      await vi.advanceTimersByTimeAsync(1)
    }
  })

  it('begin anew after a steady minute', async () => {
    last().ended(1)
    await vi.advanceTimersByTimeAsync(500)
    last().ended(1)
    await vi.advanceTimersByTimeAsync(1_000)
    nowMs += 60_001
    last().ended(1)
    await vi.advanceTimersByTimeAsync(500)
    expect(made).toHaveLength(4)
  })

  it('come at once after a cut of the power', async () => {
    last().ended(75)
    await vi.advanceTimersByTimeAsync(0)
    expect(made).toHaveLength(2)
  })

  it('do not follow an end for the service of the computer, which takes over once', async () => {
    taken = 0
    last().ended(79)
    await vi.advanceTimersByTimeAsync(60_000)
    expect([taken, made.length]).toEqual([1, 1])
  })

  it('ignore an end that was told twice', async () => {
    const first = last()
    first.ended(1)
    await vi.advanceTimersByTimeAsync(500)
    first.ended(1)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(made).toHaveLength(2)
  })
})

describe('streams', () => {
  const board = { stream: 'board', seq: 5, dropped: 0, data: {} } as never

  it('live on in the next process, from its first number', async () => {
    const seen: unknown[] = []
    const end = runtime.subscribe('board', 3, (item) => seen.push(item))
    expect(last().posted).toEqual([{ id: 1, subscribe: { stream: 'board', sinceSeq: 3 } }])
    last().child.session.take({ id: 1, item: board })
    last().ended(1)
    await vi.advanceTimersByTimeAsync(500)
    expect(last().posted).toEqual([{ id: 1, subscribe: { stream: 'board', sinceSeq: 0 } }])
    last().child.session.take({ id: 1, item: board })
    expect(seen).toHaveLength(2)
    end()
    expect(last().posted.at(-1)).toEqual({ id: 1, unsubscribe: true })
    last().child.session.take({ id: 1, item: board })
    expect(seen).toHaveLength(2)
  })

  it('that ended before a restart stay ended', async () => {
    runtime.subscribe('events', 0, () => undefined)()
    last().ended(1)
    await vi.advanceTimersByTimeAsync(500)
    expect(last().posted).toEqual([])
  })
})

describe('closing', () => {
  it('stops the process and starts none again', async () => {
    await runtime.close()
    expect(last().stopped).toBe(true)
    last().ended(0)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(made).toHaveLength(1)
  })

  it('during a back-off starts none either', async () => {
    last().ended(1)
    await runtime.close()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(made).toHaveLength(1)
  })
})

describe('the workbench', () => {
  it.each([76, 77])('a runtime that makes room (%i) is followed at once', (code) => {
    ready()
    last().ended(code)
    vi.advanceTimersByTime(0)
    expect(made.length).toBe(2)
  })
  it.each([
    ['asked for', 76, 'demo', 'bench'],
    ['left', 77, 'bench', 'demo'],
    ['that crashed is started again as one', 1, 'bench', 'bench'],
    ['not there: a crash brings none', 1, 'demo', 'demo'],
    ['not there: a power cut brings none', 75, 'demo', 'demo'],
    ['of a set-up: its lot runs when it was written', 78, 'setup', 'run'],
    ['of a set-up that crashed is a set-up again', 1, 'setup', 'setup'],
  ] as const)('%s', (_, code, now, next) => {
    expect(modeAfter(code, now, 'demo')).toBe(next)
  })
})
