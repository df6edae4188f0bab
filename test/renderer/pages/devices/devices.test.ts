// The devices screen on a scripted lot: which values are known and from where, what may be typed, what is sent,
// the trial above every page, and backups that fill the form without writing.
import { beforeEach, expect, it } from 'vitest'
import { boards, status } from '../lane/lane-views.ts'
import { deviceBackups, deviceSettings, trial } from './device-views-kit.ts'
import {
  all,
  choose,
  named,
  one,
  openPage,
  pressKey,
  settle,
  submit,
  type,
  wordOf,
  press,
  textOf,
  pass,
  hit,
  sign,
  pick,
} from '../../kit/page.ts'
import type { ScriptedLot } from '../../kit/scripted-lot.ts'
import { closePage } from '../../kit/opened-page.ts'
import { lotOnFakeTime } from '../../kit/fake-time.ts'

let lot: ScriptedLot

const open = (): Promise<unknown> => openPage(lot, '/devices/settings')
/** Waits for the check of typed values, which comes a moment later. */
const judged = (): Promise<void> => pass(200)

beforeEach(() => void (lot = lotOnFakeTime()))

it('says each value and from whom it is known', async () => {
  await open()
  expect(textOf('now-powerStep')).toBe('8 档')
  expect(textOf('now-channel')).toBe('5.830 GHz')
  expect(textOf('now-yawDeg')).toBe('未知')
  const text = document.body.innerText
  for (const word of ['设备自报', '上次写入', '装机员', '7.1.1 c 要求 22–28 dB', '未授权'])
    expect(text).toContain(word)
})

it('the maximum that a clause asks for is entered by a press, and written by nobody else', async () => {
  const proposed = { value: 31, clause: '7.2.1 c' }
  const view = deviceSettings()
  const settings = view.settings.map((one) => (one.id === 'powerStep' ? { ...one, proposed } : one))
  lot.answers('device.settings', { ...view, settings })
  await open()
  expect(document.body.innerText).toContain(
    wordOf('devices.fullPower', { clause: '7.2.1 c', value: '31 档' }),
  )
  await press('proposed-powerStep')
  await judged()
  expect((one('input[name="powerStep"]') as HTMLInputElement).value).toBe('31')
  expect(lot.sent('device.apply')).toEqual([])
})

it('a note says its first sentence, and the rest when it is asked for', async () => {
  await open()
  const note = one(named('note-powerStep')) as HTMLDetailsElement
  expect(note.open).toBe(false)
  expect(one(`${named('note-powerStep')} summary`).innerText).toMatch(/对应哪一档未知$/)
  expect(note.textContent).toContain('须现场测量')
})

it('a value is judged while it is typed, and nothing else can be written', async () => {
  await open()
  await type('input[name="powerStep"]', '99')
  await judged()
  expect(document.body.innerText).toContain(
    wordOf('devices.problem.aboveMax', { nearest: '31 档' }),
  )
  expect((one(named('write')) as HTMLButtonElement).disabled).toBe(true)
  await type('input[name="powerStep"]', 'a lot')
  await judged()
  expect(document.body.innerText).toContain('要整数')
  await type('input[name="powerStep"]', '8')
  await judged()
  expect(textOf('changes')).toBe(wordOf('devices.noChange'))
  expect((one(named('write')) as HTMLButtonElement).disabled).toBe(true)
})

it('writes what changed, with name, reason and time, after a last look', async () => {
  await open()
  await type('input[name="powerStep"]', '12')
  await judged()
  expect(textOf('changes')).toBe('要改 1 项')
  await hit('Ctrl+Enter')
  expect(one('form.act').innerText).toContain('8 档')
  expect(one('form.act').innerText).toContain('12 档')
  await submit()
  expect(lot.sent('device.apply')).toEqual([])
  await sign('装机员')
  expect(lot.argsOf('device.apply')).toMatchObject([
    {
      laneId: 'exit',
      wanted: { powerStep: 12 },
      trialSec: 60,
      evenUnlawful: false,
      by: '装机员',
      reason: '漏读，加大功率',
    },
  ])
})

it('a value that the clause does not allow needs a tick of its own', async () => {
  await open()
  await type('input[name="heightCm"]', '200')
  await judged()
  expect(document.body.innerText).toContain(
    wordOf('devices.problem.unlawful', { clause: '7.1.1 c', nearest: '250 厘米' }),
  )
  await press('write')
  await sign('装机员')
  expect(lot.sent('device.apply')).toEqual([])
  await choose('input[name="stand-for"]')
  await submit()
  expect(lot.sent('device.apply')[0]?.args).toMatchObject({
    wanted: { heightCm: 200 },
    evenUnlawful: true,
  })
})

it('a trial counts down above every page, and can be taken back', async () => {
  lot.device = deviceSettings({ trial })
  lot.board = {
    ...boards.normal,
    status: status({ trial: { laneId: 'exit', by: '装机员', leftMs: 42_000 } }),
  }
  await open()
  expect(textOf('trial')).toBe('试运行 42 秒')
  expect(textOf('trial-left')).toBe('还剩 42 秒')
  expect(textOf('trial-panel')).toContain('发射功率档位 8 档 → 12 档')
  await type('input[name="powerStep"]', '20')
  await judged()
  expect((one(named('write')) as HTMLButtonElement).disabled).toBe(true)
  await press('take-back')
  await sign('装机员')
  expect(lot.sent('device.takeBack')[0]?.args).toMatchObject({ laneId: 'exit', by: '装机员' })
})

it.each([
  ['kept', '上次写入已保留'],
  ['timeUp', '没有车被读到'],
  ['linkLost', '设备中断'],
  ['restarted', '程序重启'],
])('says how the last write ended: %s', async (end, words) => {
  lot.device = deviceSettings({ last: { end, why: '', atIso: '2026-03-13T10:15:02.000+08:00' } })
  await open()
  expect(textOf('last')).toContain(words)
})

it('a backup fills the form and writes nothing', async () => {
  await open()
  one(named('load')).click()
  await judged()
  expect((one('input[name="powerStep"]') as HTMLInputElement).value).toBe('6')
  expect(document.body.innerText).toContain('尚未写入')
  expect(textOf('changes')).toBe('要改 1 项')
  expect(lot.sent('device.apply')).toEqual([])
})

it('a backup of another device says so before anything is written', async () => {
  const [first] = deviceBackups
  if (first === undefined) throw new Error('the kit has a backup')
  lot.backups = [{ ...first, rsuId: '000111' }, first]
  await open()
  all(named('load'))[1]?.click()
  await judged()
  expect(all(named('other-device'))).toEqual([])
  all(named('load'))[0]?.click()
  await judged()
  expect(textOf('other-device')).toContain('另一台设备（000111）')
})

it('a backup of another firmware is counted anew, and says what was changed or left out', async () => {
  const [first] = deviceBackups
  if (first === undefined) throw new Error('the kit has a backup')
  const why = { zh: '步长减半', en: 'half steps' }
  const moved = [
    { setting: 'powerStep', becomes: 'powerStep', old: 6, new: 12, since: '0300', why },
    { setting: 'oldWait', becomes: null, old: 3, new: null, since: '0300', why },
  ]
  lot.backups = [{ ...first, now: { ...first.now, powerStep: 12 }, moved }]
  await open()
  one(named('load')).click()
  await judged()
  expect((one('input[name="powerStep"]') as HTMLInputElement).value).toBe('12')
  const said = textOf('moved')
  expect(said).toContain(wordOf('devices.movedTo', { title: '发射功率档位', old: 6, new: 12 }))
  expect(said).toContain('oldWait 3 无法换算')
  expect(lot.sent('device.apply')).toEqual([])
})

it('any two backups are compared, and one with the device; a height is not taken from one', async () => {
  const [first] = deviceBackups
  if (first === undefined) throw new Error('the kit has a backup')
  const later = { ...first, id: 'later', now: { ...first.now, powerStep: 9 } }
  lot.backups = [{ ...later, now: { ...later.now, heightCm: 240 } }, first]
  await open()
  const rows = (): string => one(named('compare')).querySelector('tbody')?.innerText ?? ''
  expect(rows()).toMatch(/9 档[^]*8 档/)
  await pick('select[name="compare-after"]', first.id)
  expect(rows()).toMatch(/9 档[^]*6 档/)
  await pick('select[name="compare-before"]', first.id)
  expect(textOf('compare')).toContain(wordOf('devices.compare.same'))
  all('[data-test="load"]')[0]?.click()
  await judged()
  expect((one('input[name="powerStep"]') as HTMLInputElement).value).toBe('9')
  expect((one('input[name="heightCm"]') as HTMLInputElement).value).toBe('')
})

it('one row of a backup goes into the form beside what is typed, and nothing is written', async () => {
  const [first] = deviceBackups
  if (first === undefined) throw new Error('the kit has a backup')
  lot.backups = [{ ...first, rsuId: '000111', now: { powerStep: 6, channel: 1, heightCm: 240 } }]
  await open()
  await type('input[name="bstIntervalMs"]', '20')
  one(named('load-powerStep')).click()
  await judged()
  expect((one('input[name="powerStep"]') as HTMLInputElement).value).toBe('6')
  expect((one('input[name="bstIntervalMs"]') as HTMLInputElement).value).toBe('20')
  expect((one('[name="channel"]') as HTMLSelectElement).value).toBe('')
  expect(textOf('other-device')).toContain('另一台设备（000111）')
  expect(all(named('load-heightCm')), 'a height is measured').toEqual([])
  await pick('select[name="compare-before"]', '')
  expect(all(named('load-powerStep')), 'the device has it').toEqual([])
  expect(lot.sent('device.apply')).toEqual([])
})

it('says so where no lane has an antenna, and when the device was not heard', async () => {
  lot.device = deviceSettings({ up: false, identity: null, antennas: [] })
  await open()
  expect(document.body.innerText).toContain(wordOf('devices.notHeard'))
  closePage()
  lot.board = { ...boards.normal, lanes: [] }
  await open()
  expect(document.body.innerText).toContain(wordOf('devices.none'))
  expect(all('input')).toEqual([])
})

it('a late answer about the lane before is not shown under the one that was chosen', async () => {
  const exit = boards.normal.lanes.at(-1)
  if (exit === undefined) throw new Error('the board has an exit')
  const second = { ...exit, laneId: 'exit2', name: { zh: '出口二', en: 'Exit 2' } }
  lot.board = { ...boards.normal, lanes: [...boards.normal.lanes, second] }
  await open()
  let answer = (): void => undefined
  lot.waits.set('device.settings', new Promise((done) => (answer = done)))
  pressKey('F5')
  lot.waits.delete('device.settings')
  const settings = deviceSettings().settings.map((one) =>
    one.id === 'powerStep' ? { ...one, value: 21 } : one,
  )
  lot.device = deviceSettings({ settings })
  all('[role="group"] button')
    .find(({ innerText }) => innerText === '出口二')
    ?.click()
  await settle()
  expect(textOf('now-powerStep')).toBe('21 档')
  answer()
  await settle()
  expect(textOf('now-powerStep')).toBe('21 档')
})
