// The page of the papers: empty answers are named, a field is saved when it is left, only a complete paper can be
// reviewed, and an overdue drill stands above the list.
import { beforeEach, expect, it } from 'vitest'
import { choose, named, one, openPage, settle, submit, type, wordOf, textOf } from './page.ts'
import { papersView } from './papers-view.ts'
import { ScriptedLot } from './scripted-lot.ts'

let lot: ScriptedLot
const button = (name: string) => one(named(name)) as HTMLButtonElement

beforeEach(async () => {
  lot = new ScriptedLot()
  await openPage(lot, '/papers')
})

it('says of each paper how far it is, and that the drill is late', () => {
  expect(textOf('paper-J1')).toMatch(/○ 未填完[\s\S]*还有 2 项没有人填写/)
  expect(textOf('paper-J2')).toContain('○ 待评审')
  expect(textOf('paper-K6')).toContain('✓ 评审通过')
  expect(textOf('due')).toContain('已超过 35 天')
  expect(textOf('count')).toContain('24 份，评审通过 1 份')
  expect(textOf('simulated')).toContain(wordOf('papers.simulated'))
})

it('shows what the lot knows beside what nobody wrote', async () => {
  button('open-N1').click()
  await settle()
  expect(textOf('sheet-N1')).toContain(wordOf('papers.unknown'))
  expect(textOf('sheet-N1')).toContain(wordOf('papers.nobody'))
  expect(button('accept-N1').disabled).toBe(true)
})

it('keeps a field when it is left, and asks nothing where it is as it was', async () => {
  lot.replies.set('papers.fill', { ok: true, data: papersView() })
  button('open-J2').click()
  await settle()
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
  lot.replies.set('papers.report', {
    ok: true,
    data: { fileName, base64: btoa('%PDF'), simulated: true },
  })
  button(`report-${format}`).click()
  await settle()
  expect(lot.sent('papers.report')[0]?.args).toEqual({ format, language: 'zh' })
  expect(textOf('made')).toContain(fileName)
  expect(textOf('made')).toContain('没有人填写的都写明了')
})

it('says why no document was made', async () => {
  lot.replies.set('papers.report', {
    ok: false,
    error: { code: 'RULE-01', message: '', means: '', todo: '', field: '', value: '' },
  })
  button('report-pdf').click()
  await settle()
  expect(document.body.innerText).toContain('RULE-01')
  expect(document.querySelector(named('made'))).toBeNull()
})

it('is reviewed by a named person with a reason', async () => {
  lot.replies.set('papers.review', { ok: true, data: { ok: true, repeated: false } })
  button('open-J2').click()
  await settle()
  button('return-J2').click()
  await settle()
  await type('input[name="by"]', '乙')
  await choose('input[name="reason"]')
  await submit()
  expect(lot.sent('papers.review')[0]?.args).toMatchObject({ paper: 'J2', accepted: false })
})

it('enters a drill on the day that it was held', async () => {
  lot.replies.set('papers.drill', { ok: true, data: { ok: true, repeated: false } })
  button('drill').click()
  await settle()
  await type('input[name="held"]', '2026-03-01')
  await type('input[name="by"]', '乙')
  await choose('input[name="reason"]')
  await submit()
  expect(lot.sent('papers.drill')[0]?.args).toMatchObject({ heldIso: '2026-03-01T12:00:00+08:00' })
})
