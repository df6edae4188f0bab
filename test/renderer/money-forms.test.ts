// Every form with money: a sum without a price begins empty and is focused, never 0.00, and its button names no sum that
// nobody typed. A form with a money field that is not in this table is red.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fenText } from '../../firmware-runtime/core/values/fen.ts'
import type { ActFormData } from '../../renderer/kit/act-form.ts'
import { readFields, startOf } from '../../renderer/kit/fields.ts'
import { giveBackForm } from '../../renderer/kit/give-back-form.ts'
import type { Words } from '../../renderer/kit/words.ts'
import { issueForm, limitForm, validateForm } from '../../features/coupons/coupon-forms.ts'
import { countForm, floatForm } from '../../features/day/day-forms.ts'
import { memberForm } from '../../features/members/member-form.ts'

/** Returns keys and arguments in place of words, and money as the window shows it. */
const words = {
  t: (key: string, args?: object) => (args === undefined ? key : `${key} ${JSON.stringify(args)}`),
  money: (fen: number | null | undefined) =>
    fen === null || fen === undefined ? '—' : fenText(fen),
  plate: (plate: string | null) => plate ?? '',
  dateTime: (iso: string) => iso,
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
const merchant = { name: '商户', limits: null } as never

/** The form, and the start of each money field: '' without a price. */
const forms: readonly (readonly [
  name: string,
  file: string,
  form: ActFormData,
  starts: Readonly<Record<string, string>>,
])[] = [
  ['float', 'screens/day/day-forms.ts', floatForm(words), { floatFen: '' }],
  [
    'count of a shift; the float that is left is the one that was there',
    'screens/day/day-forms.ts',
    countForm(words, { drawer, mayGo: true, counted: nothing }),
    { countedFen: '', leftFen: '200.00' },
  ],
  [
    'coupons',
    'screens/coupons/coupon-forms.ts',
    issueForm(words, '2026-03-02', nothing),
    { amount: '' },
  ],
  [
    'coupon for a car',
    'screens/coupons/coupon-forms.ts',
    validateForm(words, nothing),
    { amount: '' },
  ],
  [
    'limits of a merchant',
    'screens/coupons/coupon-forms.ts',
    limitForm(words, merchant, () => Promise.resolve()),
    { dayFen: '', monthFen: '' },
  ],
  [
    'a sold pass',
    'screens/members/member-form.ts',
    memberForm(words, asked, [], nothing),
    { amountFen: '' },
  ],
  [
    'a refund given by hand: its sum is known and not typed',
    'kit/give-back-form.ts',
    giveBackForm(words, { refundId: 'R1', amountFen: 1_250 }),
    {},
  ],
]
const labelOf = ({ doLabel }: ActFormData, draft: object): string =>
  typeof doLabel === 'string' ? doLabel : doLabel(draft as never)

describe.each(forms)('%s', (_name, _file, form, starts) => {
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
  ['float', floatForm(words), 'floatFen'],
  ['coupon', validateForm(words, nothing), 'amount'],
  ['coupons', issueForm(words, '2026-03-02', nothing), 'amount'],
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
  const root = join(import.meta.dirname, '../../renderer')
  const declaring = files(root)
    .filter((path) => path.endsWith('.ts') || path.endsWith('.vue'))
    .filter((path) => readFileSync(path, 'utf8').includes("kind: 'fen'"))
    .map((path) => path.slice(root.length + 1))
  const known = new Set(forms.map(([, file]) => file))
  expect(declaring.filter((path) => !known.has(path) && path !== 'kit/fields.ts')).toEqual([])
})
