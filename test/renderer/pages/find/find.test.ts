// The find screen on a scripted lot: what is plugged in, faults in words, the calls to the
// runtime, and a demo that offers the workbench instead.
import { beforeEach, expect, it } from 'vitest'
import { findPorts, findStates, wrongSpeed } from './find-views-kit.ts'
import {
  all,
  named,
  one,
  openPage,
  settle,
  type,
  faultWhat,
  wordOf,
  textOf,
  click,
  pass,
  hit,
  submit,
  press,
} from '../../kit/page.ts'
import type { ScriptedLot } from '../../kit/scripted-lot.ts'
import { lotOnFakeTime } from '../../kit/fake-time.ts'

let lot: ScriptedLot

const open = (): Promise<unknown> => openPage(lot, '/devices/find')

beforeEach(() => void (lot = lotOnFakeTime()))

it('says of each port what it is, who has it, what was heard and what is wrong', async () => {
  await open()
  const first = textOf('port-/dev/ttyUSB0')
  for (const word of ['CH340', '上次用过', 'generic-bcc · 460800 波特', '设备 000829'])
    expect(first).toContain(word)
  expect(textOf('port-/dev/ttyUSB2')).toContain('minicom (4711)')
  expect(textOf('port-/dev/ttyS0')).toContain('GROUP="dialout"')
  const report = textOf('report')
  for (const word of ['串口速率不对', '改用所示速率', 'FIND-05', '115200 → 460800', '46 字节'])
    expect(report).toContain(word)
})

it('lists at once, searches by Ctrl+T and by one port, and cancels by Ctrl+T and Escape', async () => {
  lot.find = { ...findStates.normal, ports: null }
  lot.answers('find.ports', findStates.normal)
  await open()
  expect(lot.argsOf('find.ports')).toEqual([{}])
  lot.find = findStates.normal
  lot.replies.clear()
  await hit('Ctrl+T')
  expect(lot.argsOf('find.probe')).toEqual([{}])
  await click(one(`${named('port-/dev/ttyUSB1')} button`))
  expect(lot.argsOf('find.probe').at(-1)).toEqual({ links: ['serial:/dev/ttyUSB1'] })
  lot.find = findStates.busy
  await hit('F5')
  expect(textOf('busy')).toBe(
    wordOf('find.busy', { link: 'serial:/dev/ttyUSB0', n: 1, of: 2, seconds: 5 }),
  )
  expect((one(named('search')) as HTMLButtonElement).innerText).toContain('取消')
  await hit('Ctrl+T')
  await hit('Escape')
  expect(lot.argsOf('find.cancel')).toEqual([{}, {}])
})

it('asks the network only what is typed: a host its usual ports, a link itself', async () => {
  await open()
  await type('input[name="link"]', '192.168.1.60')
  await submit(one('form.line'))
  await type('input[name="link"]', 'tcp://192.168.1.60:60001')
  await submit(one('form.line'))
  expect(lot.argsOf('find.probe')).toEqual([
    { links: [], tcpHosts: ['192.168.1.60'] },
    { links: ['tcp://192.168.1.60:60001'] },
  ])
})

it('connects what was found, and the switch is what it says', async () => {
  await open()
  await click(one(`${named('port-/dev/ttyUSB0')} ${named('connect')}`))
  expect(lot.argsOf('find.connect')).toEqual([{ link: wrongSpeed.device?.link }])
  const auto = one('input[name="auto"]') as HTMLInputElement
  expect(auto.checked).toBe(false)
  auto.checked = true
  auto.dispatchEvent(new Event('change'))
  await settle()
  expect(lot.argsOf('find.autoConnect')).toEqual([{ on: true }])
})

it('one device found is the primary action, under Enter; its settings open when it answers', async () => {
  await open()
  const go = one(named('go'))
  expect([go.innerText, document.activeElement === go]).toEqual(['连接并打开设置回车', true])
  const link = wrongSpeed.device?.link ?? ''
  const connected = { link, state: 'connecting', heardMsAgo: null, fault: null } as const
  lot.find = { ...findStates.normal, connected }
  await click(go)
  expect(lot.argsOf('find.connect')).toEqual([{ link }])
  expect(all(named('ports'))).toHaveLength(1)
  lot.find = { ...findStates.normal, connected: { ...connected, state: 'up' } }
  await pass(500)
  expect(all(named('ports'))).toEqual([])
  expect(lot.argsOf('device.settings').length).toBeGreaterThan(0)
})

it('a device whose cable is out again is not offered', async () => {
  lot.find = { ...findStates.normal, ports: findPorts.slice(1) }
  await open()
  expect(all(named('go'))).toEqual([])
})

it('a device that does not come up says why, with what to do', async () => {
  lot.find = findStates.error
  await open()
  expect(textOf('connected')).toContain('没有应答')
  const text = document.body.innerText
  for (const word of ['LINK-02', '两根线接反了', '对调 A、B 两线']) expect(text).toContain(word)
  await press('disconnect')
  expect(lot.argsOf('find.disconnect')).toEqual([{}])
})

it('without ports it says what to do, and nothing can be searched', async () => {
  lot.find = findStates.empty
  await open()
  expect(document.body.innerText).toContain(wordOf('find.noneWhy'))
  expect((one(named('search')) as HTMLButtonElement).disabled).toBe(true)
})

it('a demo asks for no port and offers the workbench', async () => {
  lot.find = findStates.demo
  await open()
  expect(lot.argsOf('find.ports')).toEqual([])
  await hit('Ctrl+T')
  expect(lot.argsOf('find.probe')).toEqual([])
  await press('to-bench')
  expect(lot.argsOf('find.workbench')).toEqual([{ on: true }])
  expect(all(named('search'))).toEqual([])
})

it('a refusal is shown with its code, and stays until the next act', async () => {
  await open()
  lot.refuses('find.probe', 'FIND-21', { value: 'COM7' })
  await hit('Ctrl+T')
  expect(document.body.innerText).toContain(faultWhat('FIND-21'))
})
