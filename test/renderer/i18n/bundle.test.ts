// One set of values for many lanes, on a scripted lot: compared without writing, written lane by lane
// with separate command ids, a refused lane left unchanged, a silent one named; results stay in the table.
import { beforeEach, expect, it, vi } from 'vitest'
import type { ApiReply } from '#base/calls/rows.ts'
import { deviceSettings, diffOf, trial } from '../pages/devices/device-views-kit.ts'
import { boards, lane } from '../pages/lane/lane-views.ts'
import {
  all,
  named,
  one,
  openPage,
  settle,
  type,
  wordOf,
  press,
  textOf,
  pass,
  sign,
} from '../kit/page.ts'
import { refusal, ScriptedLot } from '../kit/scripted-lot.ts'
import { closePage } from '../kit/opened-page.ts'

type Args = Readonly<Record<string, unknown>>

/** Three lanes with an antenna; the answers of each can be set. */
class ThreeLanes extends ScriptedLot {
  readonly says = new Map<string, (args: Args) => ApiReply<unknown>>()

  constructor() {
    super()
    const names = ['exit', 'exit-2', 'exit-3']
    const lanes = names.map((laneId) => lane({ laneId, name: { zh: laneId, en: laneId } }))
    this.board = { ...boards.normal, lanes }
  }

  override call(name: string, args: unknown): ApiReply<unknown> | Promise<ApiReply<unknown>> {
    const own = this.says.get(`${name} ${String((args as Args)['laneId'])}`)
    const usual = super.call(name, args)
    return own === undefined ? usual : own(args as Args)
  }
}

let lot: ThreeLanes
const rowOf = (laneId: string): string => textOf(`bundle-row-${laneId}`)
const has = (laneId: string, powerStep: number) => ({
  settings: deviceSettings().settings.map((one) =>
    one.id === 'powerStep' ? { ...one, value: powerStep } : one,
  ),
  laneId,
})

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
  lot = new ThreeLanes()
})
const open = (): Promise<unknown> => openPage(lot, '/devices/settings')
async function fill(text: string): Promise<void> {
  await type('input[name="powerStep"]', text)
  await pass(200)
}

it('is not there for one lane, and compares nothing before a value is typed', async () => {
  await open()
  expect(textOf('bundle')).toContain(wordOf('bundle.fill'))
  expect((one(named('bundle-compare')) as HTMLButtonElement).disabled).toBe(true)
  closePage()
  lot.board = boards.normal
  await open()
  expect(all(named('bundle'))).toHaveLength(0)
})

it('compares each lane and writes nothing; a dead lane and one that has the values are said', async () => {
  const same = deviceSettings(has('exit-2', 12))
  lot.says.set('device.diff exit-2', (args) => ({
    ok: true,
    data: diffOf(same, args['wanted'] as Record<string, number>),
  }))
  lot.says.set('device.diff exit-3', () => refusal('SET-04'))
  await open()
  await fill('12')
  await press('bundle-compare')
  expect(rowOf('exit')).toContain('发射功率档位 8 档 → 12 档')
  expect(rowOf('exit')).toContain('○ 可写入')
  expect(rowOf('exit-2')).toContain(`✓ ${wordOf('bundle.is.same')}`)
  expect(rowOf('exit-3')).toContain('SET-04')
  expect(textOf('bundle-write')).toBe(wordOf('bundle.write', { n: 1 }))
  expect(lot.argsOf('device.apply')).toEqual([])
  await fill('13')
  expect(all(named('bundle-rows'))).toHaveLength(0)
})

it('what was compared of other values is never offered, however late it comes', async () => {
  await open()
  await fill('12')
  let answer = (): void => undefined
  lot.waits.set('device.diff', new Promise((done) => (answer = done)))
  await press('bundle-compare')
  lot.waits.clear()
  await fill('13')
  answer()
  await settle()
  expect(all(named('bundle-rows'))).toHaveLength(0)
  expect(all(named('bundle-write'))).toHaveLength(0)
  await press('bundle-compare')
  expect(rowOf('exit')).toContain('8 档 → 13 档')
})

it('a lane with a value that is not allowed is left whole', async () => {
  await open()
  await fill('99')
  await press('bundle-compare')
  for (const laneId of ['exit', 'exit-2', 'exit-3']) {
    expect(rowOf(laneId)).toContain(wordOf('bundle.refused', { names: '发射功率档位' }))
    expect(rowOf(laneId)).toContain('✕ 不写')
  }
  expect(all(named('bundle-write'))).toHaveLength(0)
})

it('writes the chosen lanes side by side, each with its own command, and tells how each ended', async () => {
  await open()
  await fill('12')
  const box = one('input[name="bundle-exit-3"]') as HTMLInputElement
  box.checked = false
  box.dispatchEvent(new Event('change'))
  await settle()
  await press('bundle-compare')
  expect(all(named('bundle-row-exit-3'))).toHaveLength(0)
  lot.device = deviceSettings({ trial })
  await press('bundle-write')
  await sign('装机员')
  const applied = lot.argsOf('device.apply')
  expect(applied.map(({ laneId, wanted }) => ({ laneId, wanted }))).toEqual([
    { laneId: 'exit', wanted: { powerStep: 12 } },
    { laneId: 'exit-2', wanted: { powerStep: 12 } },
  ])
  expect(new Set(applied.map(({ commandId }) => commandId)).size).toBe(2)
  expect(rowOf('exit')).toContain(wordOf('bundle.is.trial'))
  const endedWith = (end: string) => (): ApiReply<unknown> => ({
    ok: true,
    data: deviceSettings({ last: { end, why: '', atIso: '2026-03-13T10:15:02.000+08:00' } }),
  })
  lot.says.set('device.settings exit', endedWith('kept'))
  lot.says.set('device.settings exit-2', endedWith('timeUp'))
  await pass(1_100)
  expect(rowOf('exit')).toContain(`✓ ${wordOf('devices.last.kept')}`)
  expect(rowOf('exit-2')).toContain('▲ 上次写入已恢复原设置')
  expect(textOf('bundle-sum')).toContain('1 条已保留 · 1 条已恢复')
})
