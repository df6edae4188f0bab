// The generic form: each kind of field with valid and invalid values, members checked by types, and the dialog
// made from a declaration: a mistake is shown at its field, and the first wrong field is focused.
import { createPinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from 'vitest'
import { createApp, h, nextTick, ref, type App as VueApp } from 'vue'
import ActForm from '#renderer/components/forms/ActForm.vue'
import FieldList from '#renderer/components/forms/FieldList.vue'
import { i18n } from '#renderer/i18n/index.ts'
import { actForm, type ActFormData } from '#renderer/kit/forms/act-form.ts'
import {
  choicesOf,
  given,
  readFields,
  startOf,
  type Field,
  type Held,
} from '#renderer/kit/forms/fields.ts'
import type { Words } from '#renderer/kit/words.ts'
import { all, named, one, settle, submit, type } from './page.ts'

/** Returns keys and arguments instead of words. */
const words = {
  t: (key: string, args?: unknown) => (args === undefined ? key : `${key} ${JSON.stringify(args)}`),
} as unknown as Words
const read = (field: Field, held: Held) => {
  const { draft, wrong } = readFields({ it: field }, { it: held }, words)
  return wrong['it'] === undefined ? draft['it'] : { wrong: wrong['it'].split(' ')[0] }
}
const label = ''
const choices = [
  { value: 'a', word: 'A' },
  { value: 'b', word: 'B' },
] as const
const number = { wrong: 'number.need' }
const date = { wrong: 'date.need' }
const need = { wrong: 'fields.need' }

describe('a field', () => {
  const rows: readonly [
    what: string,
    field: Field,
    held: string | number | null,
    value: unknown,
  ][] = [
    ['text', { kind: 'text', label }, '  商户 ', '商户'],
    ['text', { kind: 'text', label }, '  ', need],
    ['text', { kind: 'text', label, optional: true }, '', null],
    ['secret', { kind: 'secret', label }, ' a b ', ' a b '],
    ['secret', { kind: 'secret', label }, '', need],
    ['plate', { kind: 'plate', label }, ' 测A12345', '测A12345'],
    ['plate', { kind: 'plate', label }, '', need],
    ['link', { kind: 'link', label }, 'tcp://192.0.2.1:1', 'tcp://192.0.2.1:1'],
    ['file', { kind: 'file', label }, '/media/a.cer ', '/media/a.cer'],
    ['folder', { kind: 'folder', label }, '', need],
    ['fen', { kind: 'fen', label }, '12.5', 1_250],
    ['fen', { kind: 'fen', label }, '１２。５０', 1_250],
    ['fen', { kind: 'fen', label }, '0', 0],
    ['fen', { kind: 'fen', label, min: 1 }, '0', number],
    ['fen', { kind: 'fen', label }, '1.005', number],
    ['fen', { kind: 'fen', label }, '-1', number],
    ['fen', { kind: 'fen', label, max: 500 }, '5.01', number],
    ['fen', { kind: 'fen', label }, '', need],
    ['fen', { kind: 'fen', label, optional: true }, '', null],
    ['fen', { kind: 'fen', label, optional: true }, 'x', number],
    ['integer', { kind: 'integer', label, min: 1, max: 30 }, '30', 30],
    ['integer', { kind: 'integer', label, min: 1, max: 30 }, '31', number],
    ['integer', { kind: 'integer', label, min: 1, max: 30 }, '0', number],
    ['integer', { kind: 'integer', label }, '1.5', number],
    ['integer', { kind: 'integer', label }, '１２', 12],
    ['number', { kind: 'number', label, min: 1, max: 9 }, 5, 5],
    ['number', { kind: 'number', label, min: 1, max: 9 }, null, need],
    ['number', { kind: 'number', label, min: 1, max: 9, optional: true }, null, null],
    ['day', { kind: 'day', label }, '2026/3/14', '2026-03-14'],
    ['day', { kind: 'day', label }, '2026-02-30', date],
    ['day', { kind: 'day', label }, '', need],
    ['day', { kind: 'day', label, optional: true }, '', null],
    ['minute', { kind: 'minute', label }, '2026-03-14 08:30', '2026-03-14T08:30'],
    ['minute', { kind: 'minute', label }, '2026-03-14 24:30', date],
    ['second', { kind: 'second', label }, '2026-03-14 08:30', '2026-03-14T08:30:00'],
    ['time', { kind: 'time', label }, '8：30', '08:30'],
    ['time', { kind: 'time', label }, '24:00', date],
    ['enum', { kind: 'enum', label, choices }, 'a', 'a'],
    ['enum', { kind: 'enum', label, choices }, '', { wrong: 'fields.choose' }],
    ['lane', { kind: 'lane', label, choices }, 'b', 'b'],
    ['radio', { kind: 'radio', label, choices, need: 'own.need' }, '', { wrong: 'own.need' }],
  ]
  it.each(rows)('%s: %j of %j is %j', (_what, field, held, value) => {
    expect(read(field, held)).toEqual(value)
  })
  it('holds what is ticked as it is', () => {
    expect(read({ kind: 'flag', label }, true)).toBe(true)
    expect(read({ kind: 'many', label, choices }, ['b'])).toEqual(['b'])
    expect(
      startOf({ yes: { kind: 'flag', label }, areas: { kind: 'many', label, choices } }),
    ).toEqual({ yes: false, areas: [] })
  })
  it('begins with its value as a person types it', () => {
    const fields = {
      fen: { kind: 'fen', label, start: 2_005 },
      n: { kind: 'integer', label, start: 3 },
    }
    expect(startOf(fields as Record<string, Field>)).toEqual({ fen: '20.05', n: '3' })
  })
  it('is neither judged nor given while it is not asked for', () => {
    const fields = { how: { kind: 'text', label }, why: { kind: 'text', label } } as const
    const only = { why: ({ how }: { how: unknown }) => how === 'b' }
    const hidden = readFields(fields, { how: 'a', why: '' }, words, only)
    expect(hidden).toEqual({ shown: ['how'], draft: { how: 'a', why: null }, wrong: {} })
    expect(readFields(fields, { how: 'b', why: '' }, words, only).wrong).toEqual({
      why: 'fields.need {"label":""}',
    })
  })
  it('what was not given is left out of a call', () => {
    expect(given({ a: 1, b: null, c: '' })).toEqual({ a: 1, c: '' })
  })
})

describe('a list of fields', () => {
  const fields = {
    how: {
      kind: 'radio',
      label: 'how',
      choices: [
        { value: 'a', word: 'A', why: 'why A' },
        { value: 'b', word: 'B', why: 'not now', closed: true },
      ],
    },
    at: { kind: 'enum', label: 'at', choices: [{ value: '', word: 'none' }, ...choicesOf(['x'])] },
    link: { kind: 'link', label: 'link', offers: ['tcp://192.0.2.1:1'] },
    count: { kind: 'number', label: 'count', min: 0, max: 900, decimals: 2, start: 125 },
    more: { kind: 'text', label: 'more', rows: 3, fixed: true },
  } as const
  let app: VueApp | null = null
  const held = ref(startOf(fields))
  const left: string[] = []
  beforeEach(async () => {
    held.value = startOf(fields)
    left.length = 0
    document.body.innerHTML = '<div id="app"></div>'
    const list = () =>
      h(FieldList, {
        fields,
        modelValue: held.value,
        'onUpdate:modelValue': (now: object) => (held.value = now as typeof held.value),
        onLeft: (member: string) => left.push(member),
      })
    app = createApp({ render: list }).use(createPinia()).use(i18n)
    app.mount('#app')
    await settle()
  })
  afterEach(() => app?.unmount())
  const field = (name: string) => one(`[name="${name}"]`) as HTMLInputElement
  const leave = async (name: string, text: string): Promise<void> => {
    await type(`[name="${name}"]`, text)
    field(name).dispatchEvent(new Event('change', { bubbles: true }))
    await settle()
  }

  it('draws each by its kind, with what it offers and what cannot be chosen', () => {
    expect(all('[name="how"]').map((radio) => (radio as HTMLInputElement).disabled)).toEqual([
      false,
      true,
    ])
    expect(all('.under').map(({ textContent }) => textContent)).toEqual(['why A', 'not now'])
    expect(all('[name="at"] option').map(({ textContent }) => textContent.trim())).toEqual([
      'none',
      'x',
    ])
    expect(field('link').list?.options).toHaveLength(1)
    expect(field('count').value).toBe('1.25')
    expect([field('more').tagName, field('more').disabled]).toEqual(['TEXTAREA', true])
  })
  it('says which one was left, and holds a number as a number', async () => {
    await leave('count', '2.5')
    await leave('link', 'tcp://192.0.2.2:1')
    expect(left).toEqual(['count', 'link'])
    expect(held.value).toMatchObject({ count: 250, link: 'tcp://192.0.2.2:1' })
  })
  it('keeps both of two that are given in one breath', async () => {
    for (const [name, text] of [
      ['link', 'a'],
      ['at', 'x'],
    ] as const) {
      field(name).value = text
      field(name).dispatchEvent(new Event(name === 'at' ? 'change' : 'input'))
    }
    await settle()
    expect(held.value).toMatchObject({ link: 'a', at: 'x' })
  })
})

describe('a form', () => {
  let app: VueApp | null = null
  let sent: unknown[] = []
  beforeEach(() => {
    sent = []
    document.body.innerHTML = '<div id="app"></div>'
    i18n.global.locale.value = 'zh'
  })
  afterEach(() => app?.unmount())

  const form = actForm({
    title: 'title',
    reasons: 'day',
    test: 'fields',
    fields: {
      kind: { kind: 'radio', label: 'kind', choices },
      amountFen: { kind: 'fen', label: 'amount', min: 1 },
      from: { kind: 'day', label: 'from', start: '2026-03-14' },
      note: { kind: 'text', label: 'note', optional: true },
    },
    only: { amountFen: ({ kind }) => kind === 'b' },
    check: ({ from }) => (from === '2026-01-01' ? { note: 'check.note' } : {}),
    doLabel: ({ amountFen }) => `do ${amountFen}`,
    async call(values, who) {
      expectTypeOf(values).toEqualTypeOf<{
        readonly kind: 'a' | 'b'
        /** Shown only under a condition. */
        readonly amountFen: number | null
        readonly from: string
        readonly note: string | null
      }>()
      sent.push({ ...values, by: who.by })
      return await Promise.resolve({ ok: true, data: { ok: true, repeated: false } } as never)
    },
  })
  const open = async (data: ActFormData): Promise<void> => {
    app = createApp({ render: () => h(ActForm, { form: data }) })
      .use(createPinia())
      .use(i18n)
    app.mount('#app')
    await settle()
    await type('[name="by"]', '李四')
    const reason = one('[name="reason"]') as HTMLInputElement
    reason.checked = true
    reason.dispatchEvent(new Event('change'))
    await settle()
  }
  const alerts = (): string[] =>
    all('[role="alert"]').map(({ textContent }) => textContent.replace('✕', '').trim())
  const pick = async (value: string): Promise<void> => {
    one(`[name="kind"][value="${value}"]`).dispatchEvent(new Event('change'))
    await settle()
  }

  it('says what is missing at its field, once it is sent, and goes there', async () => {
    await open(form)
    expect(alerts()).toEqual([])
    await submit()
    expect(alerts()).toEqual([i18n.global.t('fields.choose', { label: 'kind' })])
    expect(one(named('fields')).contains(document.activeElement)).toBe(true)
    await pick('b')
    expect(alerts()).toEqual([i18n.global.t('fields.need', { label: 'amount' })])
    await submit()
    expect((document.activeElement as HTMLInputElement).name).toBe('amountFen')
    await type('[name="amountFen"]', '0')
    expect(one('[name="amountFen"]').getAttribute('aria-invalid')).toBe('true')
    expect(sent).toEqual([])
  })
  it.each(['by', null])('its opening leaves the focus in the field of %s', async (name) => {
    app = createApp({ render: () => h(ActForm, { form }) })
      .use(createPinia())
      .use(i18n)
    app.mount('#app')
    for (let turn = 0; turn < 8; turn++) await nextTick()
    if (name !== null) one(`[name="${name}"]`).focus()
    await settle()
    await settle()
    const { activeElement } = document
    if (name === null) expect(one(named('fields')).contains(activeElement)).toBe(true)
    else expect(activeElement?.getAttribute('name')).toBe(name)
  })
  it('says what does not fit the others at the field that is to be changed', async () => {
    await open(form)
    await pick('a')
    await type('[name="from"]', '2026-01-01')
    await submit()
    expect(alerts()).toEqual(['check.note'])
    expect(sent).toEqual([])
  })
  it('sends values of the call, and null for what is not asked for', async () => {
    await open(form)
    await pick('a')
    await submit()
    expect(sent).toEqual([
      { kind: 'a', amountFen: null, from: '2026-03-14', note: null, by: '李四' },
    ])
  })
  it('the button says what is typed', async () => {
    await open(form)
    await pick('b')
    await type('[name="amountFen"]', '3.20')
    expect(one(named('do')).textContent.trim()).toBe('do 320')
    await submit()
    expect(sent).toMatchObject([{ amountFen: 320 }])
  })
})
