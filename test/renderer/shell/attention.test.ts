// A waiting car and a lost device are seen and heard on every page; dots turn grey with age.
// The test controls the page's clock; the played tones are counted.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { App as VueApp } from 'vue'
import type { BoardView } from '#lane/calls/views.ts'
import { blipMs } from '#base/pure/lot/lost-device.ts'
import { attentionRows } from '#base/pure/words/attention.ts'
import { repeatMs } from '#renderer/shell/attention-store.ts'
import { useSettings } from '#renderer/kit/state/settings-store.ts'
import { freshMs, healthOf } from '#renderer/kit/health.ts'
import { boards, car, device, entryLane, isoAt, lane, status } from '../pages/lane/lane-views.ts'
import { all, named, one, openPage, settle, wordOf, showBoard, press } from '../kit/page.ts'
import { ScriptedLot } from '../kit/scripted-lot.ts'

const waiting: BoardView = {
  ...boards.normal,
  lanes: [
    entryLane(),
    lane({ state: 'manual', car: car({ manual: 'noStay', sinceIso: isoAt('10:08:06') }) }),
  ],
}
const withRsu = (over: Parameters<typeof device>[0]): BoardView => ({
  ...boards.normal,
  lanes: [lane({ devices: { ...lane().devices, rsu: device(over) } })],
})
const quiet: BoardView = { ...boards.normal, lanes: [entryLane(), lane()] }

/** Number of tones; one call is two tones. */
let tones = 0
class Speaker {
  readonly currentTime = 0
  readonly destination = {}
  createOscillator() {
    tones++
    return { frequency: { value: 0 }, connect: () => 0, start: () => 0, stop: () => 0 }
  }
  createGain() {
    const gain = { setValueAtTime: () => 0, exponentialRampToValueAtTime: () => 0 }
    return { gain, connect: () => 0 }
  }
}
vi.stubGlobal('AudioContext', Speaker)
const calls = (): number => tones / 2

let lot: ScriptedLot
let app: VueApp
const show = (board: BoardView): Promise<void> => showBoard(lot, board)
async function open(path: string, board: BoardView): Promise<void> {
  lot = new ScriptedLot()
  lot.photoBase64 = 'AAAA'
  lot.board = board
  app = await openPage(lot, path)
}

const wanted: BoardView = {
  ...quiet,
  lanes: [
    lane({
      calls: [
        {
          callId: 'exit-1',
          laneId: 'exit',
          stayId: null,
          cause: 'button',
          atIso: isoAt('10:08:06'),
          hook: 'notSent',
        },
      ],
    }),
  ],
}

describe('a person who is called', () => {
  it('stands above every page, is heard, and is taken by one press', async () => {
    await open('/queue', wanted)
    expect(one(named('attention-call')).textContent).toContain('呼叫值班员：车道按钮，通知没有送到')
    expect(calls()).toBe(1)
    await press('attention-go')
    expect(lot.sent('help.take')[0]?.args).toMatchObject({ callId: 'exit-1' })
  })
})

beforeEach(() => {
  tones = 0
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
})
afterEach(() => {
  app.unmount()
  vi.useRealTimers()
})

describe('a waiting car', () => {
  it.each([
    '/lane',
    '/devices/settings',
    '/survey',
    '/passport',
    '/ledger',
    '/queue',
    '/profiles',
    '/system',
  ])('is seen on %s, with who, why and since when', async (path) => {
    await open(path, waiting)
    expect(one(named('attention-car')).textContent.replaceAll(/\s+/g, ' ')).toContain(
      '出口 1 有车等待人工：测A·12345，没有入场记录已等 7 分钟',
    )
    expect(one(named('attention-count')).textContent).toBe('1')
    expect(all(`${named('attention-car')} ${named('photo')} img`)).toHaveLength(1)
  })

  it('is also one that may go and whose boom did not open', async () => {
    const shut = car({ notOpenedSinceIso: isoAt('10:14:20'), sinceIso: isoAt('10:08:06') })
    const board = { ...boards.normal, lanes: [lane({ state: 'opening', car: shut })] }
    await open('/queue', board)
    expect(one(named('attention-car')).textContent).toContain(wordOf('reason.notOpened'))
    expect(calls()).toBe(1)
  })

  it('is heard at once and again until somebody goes there', async () => {
    await open('/system', quiet)
    expect(calls()).toBe(0)
    await show(waiting)
    expect(calls()).toBe(1)
    vi.advanceTimersByTime(3 * repeatMs)
    expect(calls()).toBe(4)
    await press('attention-go')
    expect(app.config.globalProperties.$router.currentRoute.value.path).toBe('/lane/exit')
    vi.advanceTimersByTime(3 * repeatMs)
    expect(calls()).toBe(4)
    // The car still waits, so the line is still there.
    expect(all(named('attention-car'))).toHaveLength(1)
    await show(quiet)
    expect(all(named('attention'))).toHaveLength(0)
  })

  it('that waits longest stands alone in the line; the others open below it', async () => {
    const later = car({ manual: 'noStay', sinceIso: isoAt('10:15:00') })
    const two = lane({ laneId: 'exit2', name: { zh: '出口 2', en: 'Exit 2' }, car: later })
    await open('/system', { ...waiting, lanes: [two, ...waiting.lanes] })
    const cars = (): string[] =>
      all(named('attention-car')).map((row) => row.textContent.slice(1, 5))
    expect([one(named('attention-count')).textContent, cars().join()]).toEqual(['2', '出口 1'])
    await press('attention-more')
    expect(cars()).toEqual(['出口 1', '出口 2'])
  })

  it('that is muted stays on the page; the next one is heard again', async () => {
    await open('/ledger', waiting)
    await press('mute')
    vi.advanceTimersByTime(2 * repeatMs)
    expect(calls()).toBe(1)
    expect(all(named('mute'))).toHaveLength(0)
    const next = car({ manual: 'noStay', sinceIso: isoAt('10:15:00') })
    await show({ ...boards.normal, lanes: [lane({ state: 'manual', car: next })] })
    expect(calls()).toBe(2)
  })

  it('is not called again by an answer that is older than what the stream brought meanwhile', async () => {
    await open('/ledger', waiting)
    await press('mute')
    let answer = (): void => undefined
    lot.waits.set('board.get', new Promise((done) => (answer = done)))
    const heldMs = performance.now()
    const later = vi.spyOn(performance, 'now').mockReturnValue(heldMs + 2_000)
    vi.advanceTimersByTime(500)
    const boardCalls = lot.sent('board.get').length
    later.mockReturnValue(heldMs + 2_100)
    await show(boards.normal)
    answer()
    await settle()
    later.mockRestore()
    expect(boardCalls).toBeGreaterThan(1)
    expect(calls()).toBe(1)
    expect(all(named('attention-car'))).toHaveLength(0)
  })

  it('is silent where a person switched the sound off, which the line says', async () => {
    await open('/lane', quiet)
    useSettings().alarm = false
    await settle()
    expect(localStorage.getItem('studio.alarm')).toBe('off')
    await show(waiting)
    vi.advanceTimersByTime(2 * repeatMs)
    expect(calls()).toBe(0)
    expect(one(named('alarm-on')).textContent).toContain(wordOf('attention.soundOn'))
  })
})

describe('a lost device', () => {
  it('is quiet while it may be a blip, then seen and heard with the way there', async () => {
    await open('/ledger', withRsu({ state: 'down', heardMsAgo: blipMs - 2_000 }))
    expect(all(named('attention'))).toHaveLength(0)
    await show(withRsu({ state: 'down', heardMsAgo: blipMs, reason: 'silent' }))
    expect(one(named('attention-device')).textContent).toContain('出口 1 天线失联：没有应答')
    expect(calls()).toBe(1)
    await press('attention-go')
    expect(app.config.globalProperties.$router.currentRoute.value.path).toBe('/gear/exit/rsu')
  })

  it.each(['held', 'plateMissed'])('that is %s is no loss', (reason) => {
    const { lanes } = withRsu({ state: 'down', heardMsAgo: 90_000, reason })
    const times = { businessMs: 0, silentMs: () => 90_000, lostMs: () => 0 }
    expect(attentionRows(lanes, times)).toEqual([])
  })

  it('that was never heard counts from when it was seen lost', () => {
    const { lanes } = withRsu({ state: 'down', heardMsAgo: null })
    const times = { businessMs: 0, silentMs: () => null }
    expect(attentionRows(lanes, { ...times, lostMs: () => blipMs - 1 })).toEqual([])
    expect(attentionRows(lanes, { ...times, lostMs: () => blipMs })).toHaveLength(1)
  })
})

describe('a dot', () => {
  it.each([
    ['up', 400, 'ok', 'up'],
    ['up', freshMs, 'ok', 'up'],
    ['up', freshMs + 1, 'off', 'old'],
    ['up', null, 'off', 'old'],
    ['down', 4_000, 'warn', 'down'],
    ['down', freshMs + 1, 'bad', 'down'],
    ['down', null, 'bad', 'down'],
    ['off', 400, 'off', 'off'],
  ] as const)('of a device %s heard %s ms ago is %s, %s', (state, heardMs, tone, word) => {
    expect(healthOf(state, heardMs)).toEqual({ tone, word })
  })

  it('of an antenna that said nothing for 18 s is grey and says so, whatever it was before', async () => {
    await open('/devices/settings', withRsu({ state: 'up', heardMsAgo: 18_000 }))
    const dot = one('.top .dots .state')
    expect(dot.querySelector('.ok')).toBeNull()
    expect(dot.textContent).toContain('○')
    expect(dot.querySelector('.age')?.textContent).toBe('18 秒')
    expect(dot.title).toContain('久无消息 · 18 秒前有应答')
  })

  it('goes grey when the picture itself stopped, and so do platform and network', async () => {
    await open('/system', { ...quiet, status: status() })
    expect(all('.top .dots .state .ok').length).toBeGreaterThan(2)
    expect(all('.card h2 .state .ok')).not.toEqual([])
    lot.refuses('board.get', 'RUN-01')
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 12_500)
    vi.advanceTimersByTime(1_000)
    await settle()
    vi.restoreAllMocks()
    expect(all('.top .dots .state .ok, .card h2 .state .ok')).toEqual([])
    expect(one(named('platform')).querySelector('.ok')).toBeNull()
    expect(one(named('platform')).textContent).toContain('12 秒前在线')
  })
})
