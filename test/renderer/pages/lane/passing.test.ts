// The zone by passages on the tune page: both ends with their intervals beside the measured ones, an alarm, and
// unknown values with their reason, in both languages.
import { beforeEach, expect, it } from 'vitest'
import { all, named, openPage, textOf } from '../../kit/page.ts'
import { passingView } from './passing-views-kit.ts'
import type { ScriptedLot } from '../../kit/scripted-lot.ts'
import { lotOnFakeTime } from '../../kit/fake-time.ts'

let lot: ScriptedLot
const open = (): Promise<unknown> => openPage(lot, '/devices/tune')
const said = (name: string): string => textOf(`passing-${name}`)

beforeEach(() => void (lot = lotOnFakeTime()))

it('shows each end with its interval beside what was measured', async () => {
  lot.passing = passingView(undefined, { measured: { entryMm: 3_400, exitMm: null } })
  await open()
  expect(said('entry')).toContain('通信区域远端：道闸前')
  expect(said('entry')).toContain('480 次过车')
  expect(said('entry')).toContain('实测：3.40 m')
  expect(said('exit')).toContain('未实测')
  expect(all(`${named('passing')} .bar`)).toHaveLength(2)
  expect(all(`${named('passing')} .told`)).toHaveLength(1)
  expect(said('drift')).toContain('没有差别')
})
it('says of what is not known why, and draws nothing in its place', async () => {
  lot.passing = passingView('noLoops')
  await open()
  for (const end of ['entry', 'exit', 'beside']) {
    expect(said(end)).toContain('不知道')
    expect(said(end)).toContain('没有触发线圈')
  }
  expect(all(`${named('passing')} .bar`)).toHaveLength(0)
})
it('shows an alarm with its code', async () => {
  lot.passing = passingView(undefined, { lateMs: 500 })
  await open()
  expect(said('drift')).toContain('▲')
  expect(said('drift')).toContain('SURVEY-44')
})
