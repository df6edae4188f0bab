// The page of the papers: empty answers are named, a field is saved when it is left, only a complete paper can be
// reviewed, and an overdue drill stands above the list.
import { beforeEach, expect, it } from 'vitest'
import { named, one, openPage, settle, type, wordOf, textOf, click, sign } from '../../kit/page.ts'
import { papersView } from './papers-view.ts'
import { ScriptedLot } from '../../kit/scripted-lot.ts'

let lot: ScriptedLot
const button = (name: string) => one(named(name)) as HTMLButtonElement

beforeEach(async () => {
  lot = new ScriptedLot()
  await openPage(lot, '/papers')
})

it('says of each paper how far it is, and that the drill is late', () => {
  expect(textOf('paper-J1')).toMatch(/○ 未填完[\s\S]*还有 2 项没有填写/)
  expect(textOf('paper-J2')).toContain('○ 待评审')
  expect(textOf('paper-K6')).toContain('✓ 评审通过')
  expect(textOf('due')).toContain('已超过 35 天')
  expect(textOf('count')).toContain('24 份，评审通过 1 份')
  expect(textOf('simulated')).toContain(wordOf('papers.simulated'))
})

it('shows what the lot knows beside what nobody wrote', async () => {
  await click(button('open-N1'))
  expect(textOf('sheet-N1')).toContain(wordOf('papers.unknown'))
  expect(textOf('sheet-N1')).toContain(wordOf('papers.nobody'))
  expect(button('accept-N1').disabled).toBe(true)
})

it('keeps a field when it is left, and asks nothing where it is as it was', async () => {
  lot.answers('papers.fill', papersView())
  await click(button('open-J2'))
  expect(textOf('sheet-J2')).toContain('plan.pdf')
  expect((one('textarea[name="head"]') as HTMLTextAreaElement).disabled).toBe(true)
  await type('input[name="writer"]', '甲')
  await settle()
  const field = one('textarea[name="head"]') as HTMLTextAreaElement
  field.dispatchEvent(new Event('change'))
  await settle()
  expect(lot.sent('papers.fill')).toEqual([])
  field.value = '新的负责人'
  field.dispatchEvent(new Event('change'))
  await settle()
  expect(lot.sent('papers.fill')[0]?.args).toMatchObject({
    field: 'J2.head',
    text: '新的负责人',
    by: '甲',
  })
})

it.each(['pdf', 'docx'] as const)('is made one document, as %s', async (format) => {
  const fileName = `papers-1.${format}`
  lot.answers('papers.report', { fileName, base64: btoa('%PDF'), simulated: true })
  await click(button(`report-${format}`))
  expect(lot.sent('papers.report')[0]?.args).toEqual({ format, language: 'zh' })
  expect(textOf('made')).toContain(fileName)
  expect(textOf('made')).toContain('没有填写的都写明了')
})

it('says why no document was made', async () => {
  lot.refuses('papers.report', 'RULE-01')
  await click(button('report-pdf'))
  expect(document.body.innerText).toContain('RULE-01')
  expect(document.querySelector(named('made'))).toBeNull()
})

it('is reviewed by a named person with a reason', async () => {
  lot.answers('papers.review', { ok: true, repeated: false })
  await click(button('open-J2'))
  await click(button('return-J2'))
  await sign('乙')
  expect(lot.sent('papers.review')[0]?.args).toMatchObject({ paper: 'J2', accepted: false })
})

it('enters a drill on the day that it was held', async () => {
  lot.answers('papers.drill', { ok: true, repeated: false })
  await click(button('drill'))
  await type('input[name="held"]', '2026-03-01')
  await sign('乙')
  expect(lot.sent('papers.drill')[0]?.args).toMatchObject({ heldIso: '2026-03-01T12:00:00+08:00' })
})
