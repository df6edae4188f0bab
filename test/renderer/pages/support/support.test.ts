// The page of support files: what is in the file is seen before it is saved, a received one is opened without its lot, a
// damaged one is refused, and the reasons of the chosen car are read.
import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { supportText, type PartText } from '#base/pure/values/support-file.ts'
import { eventually } from '../../../kit/eventually.ts'
import { all, dropOn, named, one, openPage, press, settle, textOf, type } from '../../kit/page.ts'
import { ScriptedLot } from '../../kit/scripted-lot.ts'

const digestOf = (text: string) => ({
  bytes: Buffer.byteLength(text),
  sha256Hex: createHash('sha256').update(text).digest('hex').toUpperCase(),
})
const why = (line: string) => [
  { topic: 'price', title: { zh: `为什么是 ${line}`, en: line }, lines: [{ zh: line, en: line }] },
]
const times = { enteredAtIso: '2026-11-20T16:00:00+08:00', leftAtIso: null, end: null }
const cars = [
  { stayId: 's1', car: '桂A·车001', amountFen: 1_200, why: why('¥ 12.00'), ...times },
  { stayId: 's2', car: '桂B·车002', amountFen: 900, why: why('¥ 9.00'), ...times },
  { stayId: 's3', car: null, amountFen: 1_200, why: [], ...times },
]
const facts = { items: 1, isCut: false, code: null }
const parts: readonly PartText[] = [
  { ...facts, name: 'program', text: '{"version":"9.9"}', hidden: {} },
  { ...facts, name: 'lanes', text: 'null', hidden: {}, code: 'RUN-02' },
  { ...facts, name: 'cars', text: JSON.stringify(cars), items: 3, hidden: { plate: 4, text: 1 } },
  { ...facts, name: 'rows', text: JSON.stringify([{ seq: 1 }]), hidden: {}, isCut: true },
]
const span = { fromIso: '2026-11-13T18:00:00+08:00', toIso: '2026-11-20T18:00:00+08:00' }
const text = supportText({ lotId: 'GX1', madeAtIso: span.toIso, ...span }, parts, digestOf)
const fileName = 'support-GX1-1.etcsupport'

/** The digests of the window are computed outside its thread. */
const seen = (name: string) =>
  eventually(() => settle().then(() => all(named(name)).length)).toBe(1)

async function made(): Promise<ScriptedLot> {
  const lot = new ScriptedLot()
  lot.answers('support.file', { fileName, text })
  await openPage(lot, '/support')
  await press('make')
  await seen('name')
  return lot
}
const rows = (): string[] => all(`${named('car')} th`).map(({ innerText }) => innerText)

it('makes one of the last days, and shows each part with what was replaced in it', async () => {
  const lot = await made()
  const [call] = lot.sent('support.file')
  expect(Object.keys(call?.args as object)).toEqual(['from'])
  expect(textOf('name')).toBe(fileName)
  expect(textOf('part-cars')).toMatch(/3.*1 KB.*车牌 4.*文字 1/s)
  expect(textOf('part-lanes')).toContain('没有（RUN-02）')
  expect(all(named('look-lanes'))).toEqual([])
  expect(textOf('part-rows')).toContain('只有最新的')
  await press('look-program')
  expect(JSON.parse(textOf('content'))).toEqual({ version: '9.9' })
  await press('look-program')
  expect(all(named('content'))).toEqual([])
})

it.each([
  ['12', ['桂A·车001', 's3']],
  ['9.00', ['桂B·车002']],
  ['车002', ['桂B·车002']],
  ['', ['桂A·车001', '桂B·车002', 's3']],
  ['77', []],
])('finds by %j', async (word, names) => {
  await made()
  await type('input[name=car]', word)
  expect(rows()).toEqual(names)
})

it('opens one that was dropped, and says why the chosen car paid', async () => {
  await openPage(new ScriptedLot(), '/support')
  await dropOn('support', [new File([text], 'from-a-lot.etcsupport')])
  await seen('name')
  expect(textOf('name')).toBe('from-a-lot.etcsupport')
  expect(all(named('save'))).toEqual([])
  await press('why-s2')
  expect(one(named('car')).innerText).toContain('桂A·车001')
  expect(one(`${named('chosen')} ${named('why')}`).innerText).toContain('为什么是 ¥ 9.00')
})

it.each([
  ['x', 'SUPPORT-01'],
  [text.replace('support 1', 'support 7'), 'SUPPORT-02'],
  [text.slice(0, -40), 'SUPPORT-03'],
  [text.replace('"amountFen":900', '"amountFen":901'), 'SUPPORT-03'],
])('refuses a wrong one: %#', async (given, code) => {
  await made()
  await dropOn('support', [new File([given], 'other.etcsupport')])
  await seen('refused')
  expect(textOf('refused')).toContain(code)
  expect(textOf('refused')).toContain('other.etcsupport')
  expect(all(named('name'))).toEqual([])
})
