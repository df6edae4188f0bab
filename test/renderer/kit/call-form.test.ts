// Forms that rows of the call table declare: fields and limits by the schema of the arguments, reasons that the catalogue
// has, and what is sent for a field that stayed empty.
import { beforeEach, expect, it } from 'vitest'
import { api, type ApiName } from '#runtime/api/table.ts'
import { callForms } from '#runtime/api/call-forms.ts'
import type { CallRow } from '#base/calls/rows.ts'
import { setLaneClient } from '#renderer/api/client.ts'
import { messages } from '#renderer/i18n/catalogue.ts'
import { callForm } from '#renderer/kit/forms/call-form.ts'
import { readFields, startOf } from '#renderer/kit/forms/fields.ts'
import type { Words } from '#renderer/kit/words.ts'
import { clientOf } from './page.ts'
import { ScriptedLot } from './scripted-lot.ts'

const words = {
  t: (key: string) => key,
  of: ({ zh }: { zh: string }) => zh,
  money: (fen: number | null) => `${fen} fen`,
} as unknown as Words
let lot: ScriptedLot
beforeEach(() => setLaneClient(clientOf((lot = new ScriptedLot()))))

it.each(Object.entries(callForms))('%s: its reasons are in the catalogue', (_call, { reasons }) => {
  expect(messages.zh).toHaveProperty(['act', 'reasons', reasons])
})

it('the limits of a field are those of its argument', () => {
  expect(callForms['points.use']?.fields['points']).toMatchObject({
    kind: 'integer',
    min: 1,
    max: 10_000_000,
    optional: false,
  })
  expect(callForms['list.take']?.fields['path']).toMatchObject({ kind: 'file', max: 1024 })
  const form = callForm(words, { call: 'day.float' }, '2026-03-02')
  const { wrong } = readFields(form.fields, { floatFen: '0' }, words)
  expect(wrong).toEqual({ floatFen: 'number.need' })
})

it.each([
  [
    'merchants.limit',
    { merchant: '面馆', monthFen: '600' },
    { merchant: '面馆', dayCount: null, monthCount: null, dayFen: null, monthFen: 60_000 },
  ],
  ['feedback.open', { kind: 'twice', text: '两次' }, { kind: 'twice', text: '两次' }],
  [
    'coupons.validate',
    { plate: '测A12345', merchant: '面馆', kind: 'time', 'value time': '30' },
    { plate: '测A12345', merchant: '面馆', kind: 'time', value: 30 },
  ],
  [
    'coupons.validate',
    { plate: '测A12345', merchant: '面馆', kind: 'whole' },
    { plate: '测A12345', merchant: '面馆', kind: 'whole', value: 0 },
  ],
] as const)('%s is sent with what was typed', async (call, typed, args) => {
  const form = callForm(words, { call }, '2026-03-02')
  const held = { ...startOf(form.fields), ...typed }
  const { draft, wrong } = readFields(form.fields, held, words, form.only)
  expect(wrong).toEqual({})
  lot.answers(call, { ok: true, repeated: false })
  const who = { commandId: 'n1-C00001', by: '店主', reason: '试' }
  await form.call(draft as never, who, () => undefined)
  expect(lot.sent(call).at(-1)?.args).toEqual({ ...args, ...who })
  const { args: schema } = api[call satisfies ApiName] as CallRow
  expect(schema.safeParse({ ...args, ...who }).success).toBe(true)
})
