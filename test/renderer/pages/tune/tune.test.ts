// The tune page on a scripted lot: proposals, mistakes beside their field, what is sent, the verdict
// side by side, keep and take back, undo by key, the meter's colours and missing values, the strip of states.
import { surveyHere } from '../survey/survey-here.ts'
import { beforeEach, expect, it } from 'vitest'
import { attemptsMeter } from '#devices/pure/tune/attempts.ts'
import { driven } from '../../../firmware-runtime/devices/pure/tune/kit.ts'
import {
  all,
  choose,
  named,
  one,
  openPage,
  type,
  wordOf,
  press,
  textOf,
  click,
  pick,
  hit,
  sign,
  submit,
} from '../../kit/page.ts'
import type { ScriptedLot } from '../../kit/scripted-lot.ts'
import { tuneView, tuneViews } from './tune-views-kit.ts'
import { closePage } from '../../kit/opened-page.ts'
import { lotOnFakeTime } from '../../kit/fake-time.ts'

let lot: ScriptedLot

const open = (): Promise<unknown> => openPage(lot, '/devices/tune')
const text = (): string => document.body.innerText

beforeEach(() => void (lot = lotOnFakeTime()))

it('proposes one thing for the aim and sends the whole plan, with name and reason', async () => {
  await open()
  expect(textOf('proposal')).toBe('建议试 发射功率档位：8 档 → 10 档')
  await choose('input[name="aim"]', 2)
  expect(textOf('proposal')).toContain('8 档 → 6 档')
  await type('input[name="cars"]', '02001234, 0200abcd')
  await type('input[name="listen"]', '30')
  await pick('select[name="zoneFrom"]', 'tape')
  await type('input[name="zone"]', '4.5')
  await press('begin')
  await sign('装机员')
  expect(lot.sent('tune.begin')[0]?.args).toMatchObject({
    laneId: 'exit',
    aim: 'fewerNeighbours',
    change: null,
    decide: 'ask',
    passes: 70,
    listenSec: 30,
    cars: ['02001234', '0200ABCD'],
    zone: { from: 'tape', lengthM: 4.5 },
    by: '装机员',
  })
})

it('one thing of your own, and what is wrong is said beside it', async () => {
  await open()
  await pick('select[name="setting"]', 'bstIntervalMs')
  expect((one(named('begin')) as HTMLButtonElement).disabled).toBe(true)
  expect(text()).toContain('要整数')
  await type('input[name="value"]', '20')
  await type('input[name="cars"]', '1234')
  expect(text()).toContain(wordOf('tune.problem.cars'))
  await type('input[name="cars"]', '')
  await press('begin')
  await sign('装机员')
  expect(lot.sent('tune.begin')[0]?.args).toMatchObject({
    change: { setting: 'bstIntervalMs', value: 20 },
  })
})

it('nothing to propose: nothing can begin until a thing is chosen', async () => {
  await open()
  await choose('input[name="aim"]', 3)
  expect(textOf('proposal')).toContain(wordOf('tune.noProposal'))
  expect((one(named('begin')) as HTMLButtonElement).disabled).toBe(true)
})

it('while it measures: where it is, what was heard, and a way out', async () => {
  lot.tune = tuneViews.measuring
  await open()
  expect(textOf('tune-left')).toContain('还剩 41 秒')
  expect(textOf('tune-left')).toContain('读到 5 辆')
  await press('tune-back')
  await sign('装机员')
  expect(lot.sent('tune.decide')[0]?.args).toMatchObject({ laneId: 'exit', keep: false })
})

it('while it measures, levels of an instrument are noted by place; what cannot be is not sent', async () => {
  await open()
  expect(all(named('field-points'))).toEqual([])
  closePage()
  const { soFar } = tuneViews.measuring
  const field = [{ place: '触发线圈', dbm: -38.5 }]
  lot.tune = { ...tuneViews.measuring, soFar: soFar === null ? null : { ...soFar, field } }
  await open()
  expect(textOf('field-taken')).toBe('触发线圈 读得 -38.5 dBm')
  const send = async (place: string, level: string): Promise<void> => {
    await type('input[name="field-place"]', place)
    await type('input[name="field-dbm"]', level)
    await submit(one(named('field-points')))
  }
  for (const level of ['-121', '40.5', '-4e1', 'x', '-43.215', '']) await send('2.5 m', level)
  await send(' ', '-43')
  expect(lot.sent('tune.field')).toEqual([])
  await send('2.5 m', '-43.2')
  expect(lot.sent('tune.field')[0]?.args).toEqual({
    laneId: 'exit',
    points: [{ place: '2.5 m', dbm: -43.2 }],
  })
  expect((one('input[name="field-place"]') as HTMLInputElement).value).toBe('')
})

it('judged: before and after side by side, and a person keeps it', async () => {
  lot.tune = tuneViews.judged
  await open()
  expect(textOf('find-rate')).toContain('42%（12 辆读到 5 辆）')
  expect(textOf('find-rate')).toContain('100%（12 辆读到 12 辆）')
  expect(textOf('find-rate')).toContain('✓ 变好')
  expect(textOf('find-visible')).toContain(`○ ${wordOf('tune.is.tooFew')}`)
  expect(text()).toContain('-38.5 dBm')
  expect(textOf('tune-speaks')).toContain('数据支持保留')
  await hit('Ctrl+Enter')
  await sign('装机员')
  expect(lot.sent('tune.decide')[0]?.args).toMatchObject({ keep: true })
})

it('says when nobody looked at the neighbour lane', async () => {
  const { run } = tuneViews.judged
  lot.tune = tuneViews.judged
  await open()
  expect(textOf('tune-speaks')).not.toContain(wordOf('tune.neighbourUnseen'))
  const findings = run?.verdict?.findings.map((one) =>
    one.metric === 'neighbours' ? { ...one, before: null, after: null } : one,
  )
  const verdict = { ...run?.verdict, findings } as never
  lot.tune = tuneView({ run: run === null ? null : { ...run, verdict } })
  await open()
  expect(textOf('tune-speaks')).toContain(wordOf('tune.neighbourUnseen'))
})

it('keeps what the antenna of another lane read, too, only with a second confirmation', async () => {
  const { run } = tuneViews.judged
  const after = { ...run?.after, besideReads: 2 } as never
  lot.tune = tuneView({ run: run === null ? null : { ...run, after } })
  await open()
  const keep = () => one(named('tune-keep')) as HTMLButtonElement
  expect(keep().disabled).toBe(true)
  await press('tune-beside')
  expect(keep().disabled).toBe(false)
  await click(keep())
  await sign('装机员')
  expect(lot.sent('tune.decide')[0]?.args).toMatchObject({ keep: true, beside: true })
})

it('no car was read under the new value: it cannot be kept', async () => {
  const { run } = tuneViews.judged
  lot.tune = tuneView({ run: run === null ? null : { ...run, mayKeep: false } })
  await open()
  expect((one(named('tune-keep')) as HTMLButtonElement).disabled).toBe(true)
  expect(text()).toContain(wordOf('tune.mayNotKeep'))
})

it('the newest kept step is undone, by key as well', async () => {
  lot.tune = tuneViews.done
  await open()
  await hit('Ctrl+z')
  await sign('装机员')
  expect(lot.sent('tune.undo')[0]?.args).toMatchObject({ laneId: 'exit', by: '装机员' })
})

it('the meter: a light for 5 km/h, numbers for the others, and what is assumed says so', async () => {
  lot.tune = tuneView({
    meter: attemptsMeter(driven({ passes: 6, read: 6 }), { from: 'tape', lengthM: 1.2 }),
  })
  await open()
  expect(textOf('meter-5')).toContain('3.0 次')
  expect(textOf('meter-5')).toContain('▲ 勉强')
  expect(textOf('meter-20')).toContain(wordOf('tune.meter.informs'))
  expect(textOf('meter')).toContain('扣费 160 ms（假定）')
})

it('the meter says why it cannot tell', async () => {
  lot.tune = tuneView({ meter: attemptsMeter(driven({ passes: 3, read: 3 }), null) })
  await open()
  expect(textOf('meter-why')).toContain('已有 3 次完整交互，需要 5 次')
})

it('the strip: each state with age and end; unknown is never green', async () => {
  await open()
  const at = (key: string): string => textOf(`health-${key}`)
  expect(at('psam-0')).toMatch(/✓ PSAM 370100000001.*已授权.*8 秒前/s)
  expect(at('psam-1')).toMatch(/○ .*能不能扣费还不知道/s)
  expect(at('signIn')).toMatch(/▲ 签到.*还剩 2 小时.*22 小时前/s)
  expect(at('cert-platform-4B')).toMatch(/✕ 平台证书.*已过期 3 天.*2025-06-01/s)
  expect(at('clock')).toContain('+0.3 s')
})

it('measuring alone writes nothing', async () => {
  await open()
  await press('measure')
  expect(lot.sent('tune.measure')[0]?.args).toMatchObject({
    laneId: 'exit',
    passes: 70,
    zone: null,
  })
  expect(lot.sent('tune.begin')).toEqual([])
})

it('a preset fills the table of settings and writes nothing; the table can be searched', async () => {
  await openPage(lot, '/devices/settings')
  await pick('select[name="preset"]', 'long-zone')
  expect(text()).toContain(wordOf('tune.preset.assumed'))
  expect(text()).toContain(wordOf('tune.preset.missing', { n: 1 }))
  await press('preset')
  expect((one('input[name="powerStep"]') as HTMLInputElement).value).toBe('20')
  expect(lot.sent('device.apply')).toEqual([])
  await type('input[name="powerStep"]', '30')
  expect(text()).toContain('超出常用范围')
  await type('input[name="powerStep"]', '20')
  expect(text()).toContain('常用：1 到 25 档')
  await type('input[name="search"]', 'height')
  expect(document.querySelector('input[name="heightCm"]')).not.toBeNull()
  expect(document.querySelector('input[name="pitchDeg"]')).toBeNull()
  // An edited setting stays listed for every search text.
  expect(document.querySelector('input[name="powerStep"]')).not.toBeNull()
})

const surveyed = { name: 'exit-1', title: '出口', lane: '出口 1' }
const bears = (powerSteps: { min: number; max: number } | null) =>
  lot.answers('survey.assist', { powerSteps })

it('a survey bounds the step: its range is told, asked again at the start, and sent', async () => {
  lot.answers('survey.list', { surveys: [surveyed], unreadable: [], here: surveyHere })
  bears({ min: 4, max: 9 })
  await open()
  expect(textOf('unbounded')).toContain(wordOf('tune.unbounded'))
  await pick('select[name="survey"]', surveyed.name)
  expect(textOf('bounded')).toContain('4 至 9')
  expect(lot.sent('tune.get').at(-1)?.args).toMatchObject({ powerSteps: { min: 4, max: 9 } })
  bears({ min: 4, max: 8 })
  await press('begin')
  await sign('装机员')
  expect(lot.sent('tune.begin')[0]?.args).toMatchObject({ powerSteps: { min: 4, max: 8 } })
  expect(lot.sent('survey.assist')).toHaveLength(2)
})

it('a survey that bounds nothing starts no step, and says why', async () => {
  lot.answers('survey.list', { surveys: [surveyed], unreadable: [], here: surveyHere })
  bears(null)
  await open()
  await pick('select[name="survey"]', surveyed.name)
  expect(text()).toContain('TUNE-07')
  expect((one(named('begin')) as HTMLButtonElement).disabled).toBe(true)
  await pick('select[name="survey"]', '')
  expect((one(named('begin')) as HTMLButtonElement).disabled).toBe(false)
  // The survey no longer bounds the power after it was deselected.
  bears({ min: 4, max: 9 })
  await pick('select[name="survey"]', surveyed.name)
  bears(null)
  await press('begin')
  await sign('装机员')
  expect(lot.sent('tune.begin')).toEqual([])
})
