// The workshop of profiles on a scripted lot: a pasted capture, fields marked by clicks and by keyboard alone,
// every frame decoded a moment later, and a draft only when everything is valid.
import { beforeEach, describe, expect, it } from 'vitest'
import { linesOf, textMax } from '#renderer/pages/workshop/workshop-form.ts'
import {
  all,
  enter,
  named,
  one,
  openPage,
  type,
  faultWhat,
  wordOf,
  textOf,
  pass,
  click,
  pick,
  submit,
  press,
} from '../../kit/page.ts'
import type { ScriptedLot } from '../../kit/scripted-lot.ts'
import { lotOnFakeTime } from '../../kit/fake-time.ts'

const receivedLine = '< FFFF000100000011E12A0007000001F420231115061320BEEF9686'

let lot: ScriptedLot

beforeEach(async () => {
  lot = lotOnFakeTime()
  await openPage(lot, '/devices/workshop')
})

const judged = (): Promise<void> => pass(300)
async function paste(text: string): Promise<void> {
  await type('textarea[name="capture"]', text)
  await judged()
}
async function send(selector: string): Promise<void> {
  await submit(one(selector))
}
const decoded = (): string => textOf('decoded')

it('says what to do first, and sends nothing to any device', () => {
  expect(document.body.innerText).toContain(wordOf('workshop.empty'))
  expect((one(named('draft')) as HTMLButtonElement).disabled).toBe(true)
  expect(lot.sent('device.sendFrame')).toEqual([])
})

it('marks by two clicks, and every frame is decoded a moment later', async () => {
  await paste(`${receivedLine}\n${receivedLine}`)
  expect(decoded()).toContain('E12A0007')
  expect(textOf('facts')).toBe('2 帧，未解码 2 帧')
  await click(all(named('byte'))[2])
  await click(all(named('byte'))[3])
  await type('input[name="name"]', 'obusSeen')
  await send('form.line')
  await judged()
  expect(decoded()).toContain('obusSeen 7')
  expect(textOf('facts')).toBe('2 帧，未解码 0 帧')
  expect(all(named('byte'))[2]?.title).toContain('obusSeen')
})

it('marks by keys alone, with kind and unit', async () => {
  await paste(receivedLine)
  await enter('input[name="offset"]', '4')
  await pick('select[name="kind"]', 'fen')
  expect((one('input[name="length"]') as HTMLInputElement).value).toBe('4')
  await type('input[name="name"]', 'sum')
  await type('input[name="unit"]', 'fen')
  await send('form.line')
  await judged()
  expect(decoded()).toContain('sum 500')
  expect(lot.sent('profile.try').at(-1)?.args['marks']).toEqual([
    {
      code: 'E1',
      length: 17,
      from: 'rsu',
      name: 'frameE1',
      fields: [{ offset: 4, length: 4, kind: 'fen', name: 'sum', unit: 'fen' }],
    },
  ])
})

it.each([
  ['Sum', '', '1', '字段名以小写字母开头'],
  ['sum', '1 2', '1', '单位最多'],
  ['sum', '', '17', '字段要在第 1 到 16 字节之内'],
])('refuses name %j, unit %j, offset %s', async (name, unit, offset, words) => {
  await paste(receivedLine)
  await type('input[name="name"]', name)
  await type('input[name="unit"]', unit)
  await enter('input[name="offset"]', offset)
  await send('form.line')
  expect(document.body.innerText).toContain(words)
})

it('drafts only when all fits, and says where it lies', async () => {
  await paste(receivedLine)
  await type('input[name="name"]', 'headTemperature')
  await send('form.line')
  await type('input[name="vendor"]', 'Harbour')
  await type('input[name="model"]', 'odd-head')
  await judged()
  expect((one(named('draft')) as HTMLButtonElement).disabled).toBe(true)
  await type('input[name="vendor"]', 'harbour')
  expect((one(named('draft')) as HTMLButtonElement).disabled).toBe(false)
  await send('form.foot')
  expect(lot.sent('profile.draft')[0]?.args).toMatchObject({ vendor: 'harbour', model: 'odd-head' })
  expect(textOf('drafted')).toContain('drafts/rsu/harbour/odd-head.json')
})

it('shows what a draft did not pass', async () => {
  lot.console.draft = {
    ...lot.console.draft,
    file: '',
    findings: [{ code: 'PROFILE-08', pointer: '/examples/3', note: 'differs' }],
  }
  await paste(receivedLine)
  await type('input[name="name"]', 'headTemperature')
  await send('form.line')
  await type('input[name="vendor"]', 'harbour')
  await type('input[name="model"]', 'odd')
  await judged()
  await send('form.foot')
  expect(document.body.innerText).toContain('PROFILE-08 /examples/3')
})

it('takes its capture from the lane', async () => {
  await press('take')
  await judged()
  expect(all(named('group')).length).toBeGreaterThan(5)
  expect(document.body.innerText).toContain('✓ 已解码')
})

it('forgets a mark that is removed', async () => {
  await paste(receivedLine)
  await type('input[name="name"]', 'headTemperature')
  await send('form.line')
  await judged()
  await click(all('.marks button')[0])
  await judged()
  expect(textOf('facts')).toBe('1 帧，未解码 1 帧')
})

it('says what is wrong with pasted text', async () => {
  lot.refuses('profile.try', 'WIRE-01', { field: 'line 1', value: 'x' })
  await paste('x')
  expect(document.body.innerText).toContain(faultWhat('WIRE-01'))
  expect(document.body.innerText).toContain('line 1')
})

describe('lines from a console', () => {
  it('are the newest that fit, in their order', () => {
    const { rows } = lot.console
    const lines = linesOf(rows).split('\n')
    expect(lines).toHaveLength(rows.filter(({ hex }) => hex !== '').length)
    expect(lines[0]).toMatch(/^\d+\.\d{3} ms > FFFF/)
    lot.console.repeat(200)
    const many = linesOf(lot.console.rows)
    expect(many.length).toBeLessThanOrEqual(textMax)
    expect(many.endsWith(lines.at(-1) ?? 'none')).toBe(true)
  })
})
