// Without a lot the window shows only pages that a single device can fill, and nothing that would be refused.
// With a lot every page is shown.
import { expect, it, vi } from 'vitest'
import { emptyContent } from '#base/pure/passport/tables.ts'
import { eventually } from '../../../kit/eventually.ts'
import { boards, device, status } from '../lane/lane-views.ts'
import { all, named, one, openPage, settle, textOf } from '../../kit/page.ts'
import { ScriptedLot } from '../../kit/scripted-lot.ts'

const texts = (selector: string): string[] =>
  all(selector).map((el) => el.textContent.replaceAll(/\s+|F4/g, ''))

it.each([
  ['workbench', ['设备', '工程'], ['天线', '查找', '报文', '调优']],
  [
    'production',
    ['岗亭', '经营', '设备', '工程', '待办'],
    ['一览', '查找', '新设备', '桩与手持机'],
  ],
] as const)('in %s', async (mode, screens, pages) => {
  const lot = new ScriptedLot()
  lot.board = { ...boards.normal, lanes: [], status: status({ mode }) }
  lot.answers('inbox.get', { rows: [], unread: [] })
  const app = await openPage(lot, '/devices/find')
  await settle()
  expect(texts('.nav .link')).toEqual(screens)
  expect(texts('.nav .page')).toEqual(pages)
  app.unmount()
})

const bench = {
  laneId: 'bench',
  searching: true,
  rsu: device({ link: 'tcp://192.0.2.9:60001' }),
} as const
async function onBench(path: string, lot = new ScriptedLot(), connected = true) {
  lot.board = {
    status: status({ mode: 'workbench' }),
    lanes: [],
    last: [],
    bench: connected ? bench : null,
  }
  const app = await openPage(lot, path)
  await app.config.globalProperties.$router.push(path)
  await settle()
  return app
}

it.each(['/devices/settings', '/devices/frames', '/devices/tune'])(
  '%s is about the connected device by its link, and asks for one where none is',
  async (path) => {
    const lot = new ScriptedLot()
    lot.answers('device.wires', { wires: [] })
    const none = await onBench(path, lot, false)
    expect(all(named('to-find'))).toHaveLength(1)
    none.unmount()
    const own = new ScriptedLot()
    own.answers('device.wires', {
      wires: [{ ...own.console.logs[0], laneId: 'bench', device: 'rsu' }],
    })
    const app = await onBench(path, own)
    expect(one('.head').innerText).toContain(bench.rsu.link)
    expect(all('.top .dots .state')).toHaveLength(1)
    const laneIds = own.calls.flatMap(({ args }) => args['laneId'] ?? [])
    expect(laneIds.length).toBeGreaterThan(0)
    expect(new Set(laneIds)).toEqual(new Set(['bench']))
    app.unmount()
  },
)

it('nothing is said there of a lot, a ledger, money or a platform', async () => {
  const app = await onBench('/system')
  expect(
    all('.top .lot, [data-test="unsent"], [data-test="exposure"], [data-test="platform"]'),
  ).toEqual([])
  expect(all('.spaced dt').map((name) => name.innerText)).toEqual(['版本', '业务时间'])
  expect(all('.card')).toEqual([])
  app.unmount()
})

it('a passport is opened and compared there, and none is made', async () => {
  const lot = new ScriptedLot()
  const app = await onBench('/passport', lot)
  expect(all(named('make'))).toEqual([])
  expect(lot.calls.map(({ name }) => name)).not.toContain('passport.drift')
  expect(document.body.innerText).toContain('工作台没有车道')
  app.unmount()
})

it('an opened passport is compared with what the connected device tells', async () => {
  const of = (rsuId: string, power: number) => ({
    ...emptyContent(),
    identity: [{ device: 'rsu', name: 'rsuId', value: rsuId, source: 'device' }],
    setting: [
      {
        device: 'rsu',
        name: 'powerStep',
        zh: '发射功率档位',
        en: 'Power',
        unit: 'step',
        value: power,
        source: 'device',
        atIso: null,
        by: null,
        photo: null,
      },
    ],
  })
  vi.doMock('../../../../renderer/pages/passport/sandbox.ts', () => ({
    openInWindow: () => ({
      ok: true,
      name: 'exit.etcpassport',
      signedBy: 'TEST',
      signedAtIso: '',
      content: of('000829', 12),
    }),
  }))
  const lot = new ScriptedLot()
  lot.answers('passport.facts', of('000829', 14))
  const app = await onBench('/passport', lot)
  const drop = new Event('drop', { bubbles: true, cancelable: true })
  Object.assign(drop, { dataTransfer: { files: [new File(['x'], 'exit.etcpassport')] } })
  one('.screen').dispatchEvent(drop)
  await eventually(() => all(named('bench-compare'))).toHaveLength(1)
  await settle()
  const text = textOf('bench-compare')
  for (const word of [bench.rsu.link, '不一致', '发射功率档位', '12 档', '14 档', '已改变'])
    expect(text).toContain(word)
  expect(text).not.toContain('000829')
  expect(lot.sent('passport.facts')[0]?.args['laneId']).toBe('bench')
  vi.doUnmock('#renderer/pages/passport/sandbox.ts')
  app.unmount()
})
