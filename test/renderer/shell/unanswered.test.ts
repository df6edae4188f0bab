// Acts whose answer did not come: for every act of the call table the window asks by the command id whether it was carried
// out, waits until it is told, and offers nothing else meanwhile (ADR 361).
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { App as VueApp } from 'vue'
import { api, type ApiName, type LaneClient } from '#runtime/api/table.ts'
import type { ApiReply } from '#base/calls/rows.ts'
import { ask, setLaneClient } from '#renderer/api/client.ts'
import { unansweredActs } from '#renderer/api/unanswered.ts'
import { boards } from '../pages/lane/lane-views.ts'
import {
  all,
  named as test,
  one,
  openPage,
  submit,
  wordOf,
  click,
  pass,
  hit,
  sayWho,
  showBoard,
} from '../kit/page.ts'
import { refusal, ScriptedLot } from '../kit/scripted-lot.ts'

const isBeingAsked = (): boolean => unansweredActs.value.some((act) => act.state === null)
const who = { commandId: 'command-0001', by: '值班员甲', reason: '现金' }
const state = (of: string) => ({ ok: true, data: { state: of } }) as const
const done = { ok: true, data: { ok: true, repeated: true, changeFen: 150 } } as const

/** A client that gives these answers in turn, and says what it was asked. */
function client(...answers: readonly (ApiReply<unknown> | Error)[]): string[] {
  const asked: string[] = []
  const left = [...answers]
  const call = (name: string): Promise<unknown> => {
    asked.push(name)
    const next = left.shift() ?? refusal('TEST-0')
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next)
  }
  setLaneClient({ call, subscribe: () => () => undefined } as unknown as LaneClient)
  return asked
}
const askFor = (name: ApiName): Promise<ApiReply<unknown>> => ask(name, who as never)
const acts = (Object.keys(api) as ApiName[]).filter(
  (name) => api[name].act && !name.startsWith('people.'),
)

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  unansweredActs.value = []
})
afterEach(() => {
  vi.useRealTimers()
  unansweredActs.value = []
})

describe('every act of the call table', () => {
  it.each(acts)('%s: carried out, its repeat has the answer', async (name) => {
    const asked = client(refusal('RUN-03'), state('done'), done)
    expect(await askFor(name)).toEqual(done)
    expect(asked).toEqual([name, 'command.state', name])
  })
  it.each(acts)('%s: not carried out, that is said', async (name) => {
    const asked = client(refusal('RUN-03'), state('none'))
    expect(await askFor(name)).toMatchObject({ ok: false, error: { code: 'ACT-02' } })
    expect(asked).toEqual([name, 'command.state'])
  })
})

describe('until it is known', () => {
  it.each([
    ['still in progress', [state('running'), state('running')]],
    ['the runtime restarts', [refusal('RUN-01'), refusal('RUN-01')]],
    ['no runtime runs', [refusal('RUN-02'), refusal('RUN-02')]],
    ['not answered again', [refusal('RUN-05'), refusal('RUN-03')]],
    ['cut off again', [new Error('port closed'), new Error('port closed')]],
  ])('%s: asked again each second', async (_name, answers) => {
    const asked = client(refusal('RUN-03'), ...answers, state('done'), done)
    let reply: ApiReply<unknown> | null = null
    void askFor('lane.settle').then((got) => (reply = got))
    await vi.advanceTimersByTimeAsync(0)
    expect([reply, isBeingAsked()]).toEqual([null, true])
    await vi.advanceTimersByTimeAsync(1_000)
    expect([reply, isBeingAsked()]).toEqual([null, true])
    await vi.advanceTimersByTimeAsync(1_000)
    expect([reply, isBeingAsked()]).toEqual([done, false])
    expect(asked.filter((name) => name === 'command.state')).toHaveLength(3)
  })

  it('a call that was cut off in between is asked for as well', async () => {
    client(new Error('port closed'), state('none'))
    expect(await askFor('pay.refund')).toMatchObject({ error: { code: 'ACT-02' } })
  })

  it('carried out, but its repeat is refused: it stays carried out', async () => {
    client(refusal('RUN-03'), state('done'), refusal('PEOPLE-05'))
    expect(await askFor('lane.settle')).toMatchObject({ ok: true, data: { repeated: true } })
  })

  it.each([
    ['a refusal', 'lane.settle', refusal('LANE-02')],
    ['a runtime that had not begun', 'lane.settle', refusal('RUN-01')],
    ['a lost answer of what only reads', 'board.get', refusal('RUN-05')],
  ] as const)('%s is an answer', async (_name, name, answer) => {
    const asked = client(answer)
    expect(await askFor(name)).toEqual(answer)
    expect(asked).toEqual([name])
  })

  it.each(['API-01', 'LOT-01'])('a runtime that cannot say (%s) leaves it open', async (code) => {
    client(refusal('RUN-03'), refusal(code))
    expect(await askFor('lane.settle')).toMatchObject({ error: { code: 'RUN-03' } })
    expect(isBeingAsked()).toBe(false)
  })
})

describe('in the window', () => {
  let lot: ScriptedLot
  let app: VueApp
  beforeEach(async () => {
    vi.useRealTimers()
    lot = new ScriptedLot()
    app = await openPage(lot, '/lane')
    localStorage.setItem('studio.attendant', '值班员甲')
    await showBoard(lot, boards.error)
    await hit('F9')
    await sayWho('值班员甲')
    lot.refuses('lane.settle', 'RUN-03')
    lot.commandState = 'running'
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    await submit()
  })
  afterEach(() => app.unmount())
  const told = async (of: 'done' | 'none'): Promise<void> => {
    lot.commandState = of
    await pass(1_000)
  }

  it('the dialog says that it asks, and offers nothing', () => {
    expect(one('form.act ' + test('asked')).textContent).toContain(wordOf('act.asked'))
    expect((one(test('do')) as HTMLButtonElement).disabled).toBe(true)
  })

  it('carried out: it is said, and cannot be done again', async () => {
    await told('done')
    expect(one('form.act').textContent).toContain(wordOf('act.repeated'))
    expect(all(test('do'))).toHaveLength(0)
    expect(all(test('unanswered'))).toHaveLength(0)
  })

  it('not carried out: it is said, and the next try has an id of its own', async () => {
    await told('none')
    expect(one('form.act .fault').textContent).toContain('ACT-02')
    lot.replies.delete('lane.settle')
    await submit()
    const ids = lot.sent('lane.settle').map(({ args }) => args['commandId'])
    expect([ids.length, new Set(ids).size]).toEqual([2, 2])
  })

  it.each(['done', 'none'] as const)(
    'closed meanwhile, the result (%s) stands above the page until it is read',
    async (of) => {
      one('form.act button').click()
      await pass(500)
      expect(one(test('unanswered')).textContent).toContain(wordOf('act.lost.asking'))
      // No second payment meanwhile, but a boom can be opened.
      await hit('F9')
      expect((one(test('do')) as HTMLButtonElement).disabled).toBe(true)
      await hit('F8')
      expect((one(test('do')) as HTMLButtonElement).disabled).toBe(false)
      await told(of)
      expect(one(test('unanswered')).textContent).toContain(wordOf(`act.lost.${of}`))
      await click(one(test('unanswered') + ' button'))
      expect(all(test('unanswered'))).toHaveLength(0)
    },
  )
})
