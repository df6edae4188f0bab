// What a profile may say about money by result code: each code of each antenna against each state and each kind of lane,
// codes that no table lists, and what captured frames prove about them.
import { describe, expect, it } from 'vitest'
import { hexOf } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'
import { moneyOf } from '#devices/pure/rsu/driver-values.ts'
import { rsuVariant } from '#devices/pure/rsu/variants.ts'
import { copyOf, findingsOf, library, put, readAgain, shipped, problemsOf } from '../shipped.ts'
import { moneyWords } from '#devices/profiles/money-words.ts'

const states = ['paid', 'unpaid', 'unknown'] as const
type Code = Record<string, unknown>
type JsonLike = Record<string, unknown>

const codesOf = (profile: JsonLike, list = 'b5Error'): Code[] =>
  ((profile['codeLists'] as JsonLike)[list] as { codes: Code[] }).codes

const antennas = [...library.profiles.values()].filter(
  ({ profile }) => profile.codeLists['b5Error'] !== undefined,
)
/** A code's meaning comes from the frame table: one antenna per table here, all of them in `npm run test:full`. */
const tried = antennas.filter(
  ({ variant }, i) =>
    process.env['ETC_LANE_SCALE'] === 'full' ||
    antennas.findIndex((other) => other.variant?.id === variant?.id) === i,
)

describe('a code that the generic table lists', () => {
  it('keeps its state or becomes unknown, on each side of a lot', () => {
    let queryCount = 0
    for (const { id, variant } of tried) {
      const base = rsuVariant(present(variant, 'an antenna').id).table
      codesOf(copyOf(id)).forEach((shippedCode, i) => {
        const code = String(shippedCode['code'])
        for (const money of states)
          for (const moneyOnEntry of [undefined, ...states]) {
            const profile = copyOf(id)
            const one = present(codesOf(profile)[i], code)
            one['money'] = money
            if (moneyOnEntry === undefined) delete one['moneyOnEntry']
            else one['moneyOnEntry'] = moneyOnEntry
            const known = base.moneyState.b5Error
            const may = (says: string, side: 'entry' | 'exit'): boolean =>
              says === moneyOf(known, Number.parseInt(code, 16), side) ||
              (says === 'unknown' && code !== '00')
            const wanted = may(money, 'exit') && may(moneyOnEntry ?? money, 'entry')
            expect([id, code, money, moneyOnEntry, problemsOf(profile).length === 0]).toEqual([
              ...[id, code, money, moneyOnEntry, wanted],
            ])
            queryCount++
          }
      })
    }
    expect(queryCount).toBeGreaterThan(300)
  })

  it('is told with file, field, value and what it would cost', () => {
    const profile = copyOf('rsu/generic/generic-bcc')
    for (const one of codesOf(profile)) one['money'] = 'paid'
    const found = findingsOf(profile)
    expect(found.map(({ code }) => code)).toEqual(found.map(() => 'PROFILE-24'))
    expect(found.map(({ value }) => value)).toEqual(
      ['10', '11', '13', '16', '17', '19', '35', '36'].map((code) => `${code} paid`),
    )
    expect(found[0]).toMatchObject({
      file: 'a.json',
      pointer: '/codeLists/b5Error/codes/1/money',
      note: moneyWords.knownAs('generic-bcc', 'unpaid', 'paid'),
    })
  })

  it('cannot be paid at an entry by leaving the entry out', () => {
    const profile = copyOf('rsu/generic/generic-bcc')
    delete codesOf(profile).find(({ code }) => code === '22')?.['moneyOnEntry']
    expect(problemsOf(profile)).toEqual(['PROFILE-24 /codeLists/b5Error/codes/7/moneyOnEntry'])
  })

  it('is asked of proofs as of results', () => {
    const profile = copyOf('rsu/generic/generic-ver')
    for (const one of codesOf(profile, 'b8Error')) one['money'] = 'paid'
    expect(problemsOf(profile)).toEqual(
      [1, 2, 3, 4].map((i) => `PROFILE-24 /codeLists/b8Error/codes/${i}/money`),
    )
  })
})

it.each(['roadside-camera/vzicom/http-push', 'barrier/generic/modbus-relay'])(
  'money in a list of %s is read by nobody',
  (id) => {
    const list = { codes: [{ code: '00', word: 'ok', money: 'paid' }], source: 'own' }
    expect(problemsOf(put(copyOf(id), '/codeLists/b5Error', list))).toContain(
      'PROFILE-24 /codeLists/b5Error/codes/0',
    )
  },
)

/** Frames of one OBU around a result with a code that no table lists. */
interface Shown {
  readonly code?: string
  readonly balance?: number
  readonly amount?: number
  readonly balanceAfter?: number | null
  readonly tac?: string
  readonly cardType?: number
  readonly origin?: string
  readonly without?: string
  readonly debitOf?: string
}

const id = 'rsu/soulin/parking'
const bcc = 'rsu/generic/generic-bcc'

/** The shipped example of a frame with other fields, encoded by the product's own engine. */
function example(frame: string, change: JsonLike, origin: string, profile: JsonLike): JsonLike {
  const given = shipped(bcc).profile.examples.find(
    ({ expect: said }) => said.as === 'frame' && said.frame === frame,
  )
  const { seq, form, fields } = given?.expect as { seq: number; form: string; fields: JsonLike }
  const value = { ...fields, ...change } as Parameters<typeof engine.encode>[1]
  const { engine, framing } = present(readAgain(profile).checked?.variant, 'a whole profile')
  const made = engine.encode(frame, value, form)
  if (!made.ok) throw new Error(made.reason)
  const said = { as: 'frame', frame, form, seq, fields: value }
  const hex = hexOf(framing.encode(seq, made.data))
  return { ...given, id: `shown-${frame.toLowerCase()}`, hex, expect: said, origin, source: 'own' }
}

function withShown(shown: Shown, money: string): JsonLike {
  const profile = copyOf(id)
  const { code = '44', balance = 10_000, amount = 500, balanceAfter = 9_500 } = shown
  codesOf(profile).push({ code, word: 'strange', money: 'unknown' })
  const { tac = 'A1B2C3D4', cardType = 22, origin = 'captured' } = shown
  const card = { ...(fieldsOf('B4')['card'] as JsonLike), cardType }
  const frames: Record<string, JsonLike> = {
    B4: { balance, card, cardType },
    C6: { amount, ...(shown.debitOf === undefined ? {} : { obuId: shown.debitOf }) },
    B5: { error: 'strange', balanceAfter, tac },
  }
  const examples = Object.entries(frames)
    .filter(([frame]) => frame !== shown.without)
    .map(([frame, change]) => example(frame, change, origin, profile))
  put(profile, '/examples', examples)
  present(codesOf(profile).at(-1), 'the code')['money'] = money
  return profile
}

const fieldsOf = (frame: string): JsonLike =>
  shipped(bcc).profile.examples.flatMap(({ expect: said }) =>
    said.as === 'frame' && said.frame === frame ? [said.fields] : [],
  )[0] ?? {}

describe('a code that no table lists', () => {
  const paid: Shown = {}
  const unmoved: Shown = { balanceAfter: 10_000, tac: '00000000' }
  const rows: readonly (readonly [string, Shown, (typeof states)[number]])[] = [
    ['a purse that moved by the amount, with its TAC', paid, 'paid'],
    ['a purse that did not move, without a TAC', unmoved, 'unpaid'],
    ['made-up frames', { ...paid, origin: 'constructed' }, 'unknown'],
    ['frames of a document', { ...paid, origin: 'published' }, 'unknown'],
    ['no debit', { ...paid, without: 'C6' }, 'unknown'],
    ['no purse before', { ...paid, without: 'B4' }, 'unknown'],
    ['no result', { ...paid, without: 'B5' }, 'unknown'],
    ['a debit of another OBU', { ...paid, debitOf: '02005678' }, 'unknown'],
    ['a purse that moved by something else', { ...paid, balanceAfter: 9_499 }, 'unknown'],
    ['a purse that was not read back', { ...paid, balanceAfter: null }, 'unknown'],
    ['a purse that moved without a TAC', { ...paid, tac: '00000000' }, 'unknown'],
    ['a purse that stood still beside an old TAC', { ...unmoved, tac: 'A1B2C3D4' }, 'unknown'],
    ['a debit of nothing', { amount: 0, balanceAfter: 10_000 }, 'unknown'],
    ['a credit card, whose balance is a constant', { ...paid, cardType: 23 }, 'unknown'],
  ]
  it.each(rows)('by %s', (_what, shown, proven) => {
    for (const money of states) {
      const wanted =
        money === proven || money === 'unknown'
          ? []
          : ['PROFILE-24 /codeLists/b5Error/codes/1/money']
      expect([money, problemsOf(withShown(shown, money))]).toEqual([money, wanted])
    }
  })
  it('is not shown by captures that disagree', () => {
    const profile = withShown(paid, 'unknown')
    const second = example('B5', { error: 'strange', balanceAfter: 10_000 }, 'captured', profile)
    ;(profile['examples'] as JsonLike[]).push({ ...second, id: 'second' })
    expect(problemsOf(profile)).toEqual([])
    put(profile, '/codeLists/b5Error/codes/1/money', 'paid')
    expect(problemsOf(profile)).toEqual(['PROFILE-24 /codeLists/b5Error/codes/1/money'])
  })
})
