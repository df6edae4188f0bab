// The safety page on a scripted lot: holders of devices, taking over with a reason, giving back, arming, and
// a test that covers the page until any key, click or loss of focus stops it.
import { beforeEach, expect, it, vi } from 'vitest'
import { boards } from '../lane/lane-views.ts'
import {
  all,
  named,
  one,
  openPage,
  settle,
  submit,
  wordOf,
  press,
  textOf,
  sayWho,
  sign,
  pass,
} from '../../kit/page.ts'
import { safetyStates, safetyView, takenRsu, testView } from './safety-views-kit.ts'
import type { ScriptedLot } from '../../kit/scripted-lot.ts'
import { closePage } from '../../kit/opened-page.ts'
import { lotOnFakeTime } from '../../kit/fake-time.ts'

let lot: ScriptedLot

const exists = (name: string): boolean => all(named(name)).length > 0
const open = async (path = '/devices/safety'): Promise<void> => {
  await openPage(lot, path)
}
async function says(): Promise<void> {
  await sign('装机员')
  await settle()
}

beforeEach(() => void (lot = lotOnFakeTime()))

it('says who has each device, what is refused and why, and how the last test ended', async () => {
  lot.safety = safetyStates.busy
  await open()
  const rsu = textOf('holder-rsu')
  for (const word of ['已被接管', '装机员', 'etc-lane device take', '4711', '10:18:20', '安装调试'])
    expect(rsu).toContain(word)
  expect(textOf('holder-barrier')).toContain('车道里有车')
  const text = document.body.innerText
  for (const word of [
    '线圈状态未知，按有车处理',
    '道闸停用中',
    '没有已知的载波报文',
    '有车或人，已中止 · 杆位正在开',
  ])
    expect(text).toContain(word)
  for (const kind of ['open', 'close', 'antenna', 'carrier'])
    expect((one(named(`test-${kind}`)) as HTMLButtonElement).disabled).toBe(true)
})

it('takes over with name, reason and time, keeps saying that it is there on every page, gives back', async () => {
  await open()
  await press('take-rsu')
  expect(one('form.act').innerText).toContain(wordOf('safety.takeMeans.rsu'))
  await submit()
  expect(lot.sent('hold.take')).toEqual([])
  await says()
  const args = lot.sent('hold.take')[0]?.args
  expect(args).toMatchObject({
    laneId: 'exit',
    device: 'rsu',
    program: 'Studio',
    forSec: 600,
    by: '装机员',
    reason: '安装调试',
  })
  const holdId = String(args?.['commandId'])
  const taker = takenRsu.taker === null ? null : { ...takenRsu.taker, holdId, program: 'Studio' }
  lot.safety = safetyView({ holders: [{ ...takenRsu, taker }] })
  await pass(1_000)
  expect(textOf('holder-rsu')).toContain(wordOf('safety.mine'))
  await pass(4_000)
  expect(lot.sent('hold.keep').at(-1)?.args).toEqual({ laneId: 'exit', device: 'rsu', holdId })
  one(named('give-back')).click()
  lot.safety = safetyView()
  await settle()
  expect(lot.sent('hold.release')[0]?.args).toEqual({ laneId: 'exit', device: 'rsu', holdId })
  const kept = lot.sent('hold.keep').length
  await pass(10_000)
  expect(lot.sent('hold.keep')).toHaveLength(kept)
  expect(textOf('holder-rsu')).toContain(wordOf('safety.over.released'))
})

it('a hold that ended by itself is told and no longer kept', async () => {
  await open()
  await press('take-rsu')
  await says()
  lot.answers('hold.keep', {
    state: 'over',
    why: '',
    link: '',
    leftMs: 0,
    untilIso: null,
    end: 'timeUp',
  })
  await pass(2_000)
  expect(textOf('holder-rsu')).toContain('时间到')
  const kept = lot.sent('hold.keep').length
  await pass(10_000)
  expect(lot.sent('hold.keep')).toHaveLength(kept)
})

it("somebody else's hold is ended with name and reason", async () => {
  lot.safety = safetyView({ holders: [takenRsu] })
  await open()
  expect(exists('give-back')).toBe(false)
  await press('end-hold')
  await says()
  expect(lot.sent('hold.end')[0]?.args).toMatchObject({
    laneId: 'exit',
    device: 'rsu',
    by: '装机员',
  })
})

it('arms a barrier, here and on the lane board, with a reason', async () => {
  lot.safety = safetyStates.busy
  await open()
  await press('arm')
  await says()
  expect(lot.sent('lane.arm')[0]?.args).toMatchObject({ laneId: 'exit', reason: '安装调试' })
})

async function begin(kind: string): Promise<string> {
  await open()
  await press(`test-${kind}`)
  const running = { kind: kind as 'open', by: '装机员', leftMs: 14_000 }
  await sayWho('装机员')
  const keep = (testId: string) => ({
    ok: true as const,
    data: testView({ running: { testId, ...running } }),
  })
  const call = lot.call.bind(lot)
  vi.spyOn(lot, 'call').mockImplementation((name, args) => {
    const answer = call(name, args)
    if (name === 'test.keep') return keep(String((args as { testId: string }).testId))
    if (name === 'test.stop')
      return {
        ok: true,
        data: testView({
          last: {
            testId: String(lot.sent('test.begin')[0]?.args['commandId']),
            kind: kind as 'open',
            by: '装机员',
            end: 'stopped',
            position: 'stopped',
            tookMs: 900,
          },
        }),
      }
    return answer
  })
  await submit()
  await settle()
  return String(lot.sent('test.begin')[0]?.args['commandId'])
}

it('a test covers the page in big words and says every moment that somebody watches', async () => {
  const testId = await begin('close')
  expect(textOf('runs')).toContain(wordOf('safety.runs.close'))
  expect(textOf('runs')).toContain(wordOf('safety.anyKey'))
  expect(lot.sent('test.begin')[0]?.args).toMatchObject({ laneId: 'exit', kind: 'close' })
  const before = lot.sent('test.keep').length
  await pass(1_000)
  expect(lot.sent('test.keep').length - before).toBeGreaterThanOrEqual(4)
  expect(lot.sent('test.keep').at(-1)?.args).toEqual({ laneId: 'exit', testId })
  expect(lot.sent('test.stop')).toEqual([])
})

it.each([
  ['a letter', () => window.dispatchEvent(new KeyboardEvent('keydown', { key: 'q' }))],
  ['Escape', () => window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))],
  ['a function key', () => window.dispatchEvent(new KeyboardEvent('keydown', { key: 'F8' }))],
  ['Shift alone', () => window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Shift' }))],
  ['a click', () => document.body.dispatchEvent(new Event('pointerdown', { bubbles: true }))],
  ['the focus gone', () => window.dispatchEvent(new Event('blur'))],
  ['the window closed', () => window.dispatchEvent(new Event('pagehide'))],
] as const)('a test is stopped by %s', async (_what, leave) => {
  await begin('open')
  leave()
  await settle()
  expect(lot.sent('test.stop')).toHaveLength(1)
  expect(lot.sent('test.stop')[0]?.args).toEqual({ laneId: 'exit' })
  expect(exists('runs')).toBe(false)
  expect(all('.el-dialog')).toHaveLength(0)
  expect(lot.sent('lane.open')).toEqual([])
})

it('a test that ended by itself gives the page back', async () => {
  await begin('open')
  lot.answers('test.keep', testView())
  vi.mocked(lot.call).mockRestore()
  await pass(300)
  expect(exists('runs')).toBe(false)
})

it('a page that is left stops its test', async () => {
  await begin('antenna')
  closePage()
  await settle()
  expect(lot.sent('test.stop')).toHaveLength(1)
  await open('/lane')
})

it('the lane board names who has the antenna, what it means and until when', async () => {
  const [exit] = boards.normal.lanes.filter(({ laneId }) => laneId === 'exit')
  if (exit === undefined) throw new Error('the board has an exit')
  const held = {
    by: '装机员',
    program: 'Studio',
    pid: null,
    reason: '安装调试',
    untilIso: '2026-03-14T10:18:20.000+08:00',
  }
  const rsu = { ...exit.devices.rsu, state: 'down' as const, reason: 'held', held }
  const lane = { ...exit, devices: { ...exit.devices, rsu }, barrierArmed: false }
  lot.board = { ...boards.normal, lanes: [lane] }
  await open('/lane')
  const text = textOf('held')
  for (const word of ['装机员', 'Studio', '人工处理', '10:18:20']) expect(text).toContain(word)
  expect(exists('arm')).toBe(true)
})
