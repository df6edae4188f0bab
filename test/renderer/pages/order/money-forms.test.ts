// Every form with money: a sum without a price begins empty and is focused, never 0.00, and its button names no sum that
// nobody typed. A form with a money field that is not in this table is red.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { callForms } from '#runtime/api/call-forms.ts'
import type { ApiName } from '#runtime/api/table.ts'
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import { fenText } from '#base/pure/values/fen.ts'
import type { ActFormData } from '#renderer/kit/forms/act-form.ts'
import { callForm } from '#renderer/kit/forms/call-form.ts'
import { readFields, startOf } from '#renderer/kit/forms/fields.ts'
import { giveBackForm } from '#renderer/kit/forms/give-back-form.ts'
import type { Words } from '#renderer/kit/words.ts'
import { countForm } from '#renderer/pages/day/day-forms.ts'
import { memberForm } from '#renderer/pages/members/member-form.ts'

/** Returns keys and arguments in place of words, and money as the window shows it. */
const words = {
  t: (key: string, args?: object) => (args === undefined ? key : `${key} ${JSON.stringify(args)}`),
  money: (fen: number | null | undefined) =>
    fen === null || fen === undefined ? '—' : fenText(fen),
  plate: (plate: string | null) => plate ?? '',
  dateTime: (iso: string) => iso,
  of: ({ zh }: BilingualText) => zh,
} as unknown as Words
const nothing = (): undefined => undefined
const asked = {
  member: {
    no: 'M1',
    kind: 'period',
    name: '',
    plates: [],
    spaces: 1,
    areas: null,
    from: '',
    until: '',
  },
  isNew: true,
} as never
const drawer = {
  beforeFen: 20_000,
  takenFen: 0,
  backFen: 0,
  sinceIso: '',
  neverCounted: null,
} as never
const declared = (call: ApiName) => callForm(words, { call }, '2026-03-02')

/** The form, its file or call, and the start of each money field: '' without a price. */
const forms: readonly (readonly [
  name: string,
  at: string,
  form: ActFormData,
  starts: Readonly<Record<string, string>>,
])[] = [
  ['float', 'day.float', declared('day.float'), { floatFen: '' }],
  [
    'count of a shift; the float that is left is the one that was there',
    'renderer/pages/day/day-forms.ts',
    countForm(words, { drawer, mayGo: true, counted: nothing }),
    { countedFen: '', leftFen: '200.00' },
  ],
  ['coupons', 'coupons.issue', declared('coupons.issue'), { 'value amount': '' }],
  ['coupon for a car', 'coupons.validate', declared('coupons.validate'), { 'value amount': '' }],
  [
    'limits of a merchant',
    'merchants.limit',
    declared('merchants.limit'),
    { dayFen: '', monthFen: '' },
  ],
  [
    'a sold pass',
    'renderer/pages/members/member-form.ts',
    memberForm(words, asked, [], nothing),
    { amountFen: '' },
  ],
  [
    'a refund given by hand: its sum is known and not typed',
    'renderer/kit/forms/give-back-form.ts',
    giveBackForm(words, { refundId: 'R1', amountFen: 1_250 }),
    {},
  ],
]
const labelOf = ({ doLabel }: ActFormData, draft: object): string =>
  typeof doLabel === 'string' ? doLabel : doLabel(draft as never)

describe.each(forms)('%s', (_name, _at, form, starts) => {
  const held = startOf(form.fields)
  const { draft, wrong } = readFields(form.fields, held, words, form.only, form.check)
  const money = Object.entries(form.fields).filter(([, { kind }]) => kind === 'fen')

  it('begins with its price, or empty', () => {
    expect(Object.fromEntries(money.map(([member]) => [member, held[member]]))).toEqual(starts)
  })

  it('says no sum that nobody typed', () => {
    const typed = Object.values(starts).every((start) => start === '')
    if (typed) expect(labelOf(form, draft)).not.toMatch(/¥ 0\.00/)
    for (const [member, start] of Object.entries(starts))
      if (start === '') expect(draft[member], member).toBeNull()
  })

  it('is not sent without a sum that it needs', () => {
    const needed = money.filter(
      ([member, { optional }]) => optional !== true && starts[member] === '',
    )
    for (const [member] of needed) expect(Object.keys(wrong)).toContain(member)
  })
})

it.each([
  ['float', declared('day.float'), 'floatFen'],
  ['coupon', declared('coupons.validate'), 'value amount'],
  ['coupons', declared('coupons.issue'), 'value amount'],
])('%s: 0.00 is no sum', (_name, form, member) => {
  for (const zero of ['0', '0.00', '０']) {
    const { wrong } = readFields(
      form.fields,
      { ...startOf(form.fields), [member]: zero },
      words,
      form.only,
    )
    expect(Object.keys(wrong), zero).toContain(member)
  }
})

it('every form that declares a money field is in the table', () => {
  const files = (dir: string): string[] =>
    readdirSync(dir).flatMap((name) => {
      const path = join(dir, name)
      return statSync(path).isDirectory() ? files(path) : [path]
    })
  const root = join(import.meta.dirname, '../../../..')
  const drawn = files(join(root, 'renderer'))
    .filter((path) => path.endsWith('.ts') || path.endsWith('.vue'))
    .filter((path) => readFileSync(path, 'utf8').includes("kind: 'fen'"))
    .map((path) => path.slice(root.length + 1))
    .filter((path) => path !== 'renderer/kit/forms/fields.ts')
  const ofRows = Object.entries(callForms).flatMap(([call, { fields }]) =>
    Object.values(fields).some(({ kind }) => kind === 'fen') ? [call] : [],
  )
  const known = new Set(forms.map(([, at]) => at))
  expect([...drawn, ...ofRows].filter((at) => !known.has(at))).toEqual([])
})
