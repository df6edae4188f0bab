// The allow-list of a support file: a member that no rule names is left out, a link keeps no account and no secret, and
// one plate, card or person has one name everywhere.
import { expect, it } from 'vitest'
import { lotMembers } from '#base/pure/lot/lot-members.ts'
import { redactedFile } from '#lane/pure/support/file-rules.ts'
import { Redactor } from '#lane/pure/support/redactor.ts'
import { linkText, redacted, type Rule } from '#lane/pure/support/rules.ts'

const fresh = () => new Redactor({ names: [], people: [['李四', 'attendant']] })

it.each([
  ['tcp://10.0.0.7:5000', 'tcp://10.0.0.7:5000'],
  ['tcp://10.0.0.7:5000?variant=a-b/c-1', 'tcp://10.0.0.7:5000?variant=a-b/c-1'],
  ['serial:/dev/ttyUSB0?baud=115200', 'serial:/dev/ttyUSB0?baud=115200'],
  ['serial:COM7', 'serial:COM7'],
  ['serial:/opt/laozhao/port', 'serial:'],
  ['http://admin:12345@10.0.0.8/ISAPI?channel=1', 'http://10.0.0.8?channel=1'],
  ['http://admin:p@ss/w0rd@cam.example.com:80/x', 'http://cam.example.com:80'],
  ['http://admin:12345?x@10.0.0.8', 'http://'],
  ['http://admin:12345/x@10.0.0.8:81', 'http://10.0.0.8:81'],
  ['push:hik?password=12345&di=2', 'push:hik?di=2'],
  ['https://p.example.com/hook/TOKEN', 'https://p.example.com'],
  ['http://u:p', 'http://'],
  ['TOKEN', '[…]'],
])('%s is told as %s', (link, told) => {
  expect(linkText(link, fresh())).toBe(told)
})

it.each([
  ['keep', 12, 12],
  ['keep', 'etc', 'etc'],
  ['keep', '2026-11-20T18:00:00.000+08:00', '2026-11-20T18:00:00.000+08:00'],
  ['keep', '13800138000', '[…]'],
  ['keep', '45010123456789012345', '[…]'],
  ['keep', '老王', '[…]'],
  ['keep', 'two words', '[…]'],
  ['keep', { any: 'thing' }, null],
  ['word', 'lane.open 桂A12345', 'lane.open'],
  ['word', '桂A12345', '[…]'],
  ['note', 'two people said', '[…]'],
  ['typed', 'x', '[…]'],
  ['typed', null, null],
  ['typed', 7, '[…]'],
  ['plate', '桂A12345', '桂A·车001'],
  ['plate', '?1?', '车001'],
  ['person', '李四', '值班员001'],
  ['person', '王五', '人员001'],
  ['counts', { batch: 2, 桂A12345: 3, b: 'x' }, { batch: 2 }],
  ['said', '桂A·12345 李四 13800138000 停 2 时', '桂A·车001 值班员001 编号001 停 2 时'],
  [{ a: 'keep' }, { a: 1, b: 2, constructor: 3 }, { a: 1 }],
  [{ '*': 'keep' }, { a: 1, 桂A12345: 2 }, { a: 1 }],
  [{ a: 'keep' }, 'TOKEN', '[…]'],
  [{ a: { b: 'keep' } }, { a: [{ b: 1, c: 2 }, null] }, { a: [{ b: 1 }, null] }],
] as [Rule, unknown, unknown][])('%j of %j is %j', (rule, value, told) => {
  expect(redacted(rule, value, fresh())).toEqual(told)
})

it('gives one text one name, also when another redactor goes on', () => {
  const first = fresh()
  const named = ['桂A12345', '桂B12345', '桂A12345'].map((plate) => first.plate(plate))
  expect(named).toEqual(['桂A·车001', '桂B·车002', '桂A·车001'])
  expect(first.takeHidden()).toEqual({ plate: 3 })
  const next = new Redactor(structuredClone(first.state))
  expect(next.plate('桂B·12345')).toBe('桂B·车002')
  expect(next.plate('桂C12345')).toBe('桂C·车003')
  expect(next.person('李四')).toBe('值班员001')
  expect(next.takeHidden()).toEqual({ plate: 2, person: 1 })
})

it('tells a lot file by its register alone', () => {
  const lot = {
    lotId: 'GX1',
    name: { zh: '老王停车场', en: 'Wang' },
    capacity: 20,
    offline: 'TOKEN',
    chargeMode: 'card',
    password: 'TOKEN',
    district: 'TOKEN',
    provinceCode: '4501',
    lanes: [{ id: 'exit', name: { zh: '老王', en: 'x' }, rsu: 'tcp://a:1?key=TOKEN', secret: 1 }],
    platform: { url: 'https://u:TOKEN@p.example.com/x', appId: 'TOKEN', certDir: '/opt/wang' },
    printers: 'TOKEN',
    time: 7,
  }
  const redactor = fresh()
  const told = redactedFile(lotMembers, lot, { redactor, isPublic: false })
  expect(told).toEqual({
    lotId: 'GX1',
    name: { zh: '[…]', en: '[…]' },
    capacity: 20,
    offline: '[…]',
    chargeMode: 'card',
    district: '[…]',
    provinceCode: '4501',
    lanes: [{ id: 'exit', name: { zh: '[…]', en: '[…]' }, rsu: 'tcp://a:1' }],
    platform: { url: 'https://p.example.com', appId: '[…]', certDir: '[…]' },
    printers: '[…]',
    time: '[…]',
  })
  expect(redactor.takeHidden()).toEqual({ text: 10, link: 2 })
})
