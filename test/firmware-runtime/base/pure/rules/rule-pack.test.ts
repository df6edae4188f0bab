// A rule pack: what is refused by field and value, what a pack over another changes, and that the built-in one has the
// printed figures. test/firmware-runtime/acceptance/pure/obeyed.test.ts shows that each figure has an effect.
import { describe, expect, it } from 'vitest'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { digestsOf } from '#base/crypto/passport-digests.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import { alteredWords } from '#base/pure/rules/rule-alterations.ts'
import type { RuleAlteration } from '#base/pure/rules/rule-kind.ts'
import {
  basePack,
  baseRules,
  isWhatItSays,
  knownDigests,
  packOfProvince,
  rulesIn,
  wrongIn,
  wrongInKept,
} from '#base/pure/rules/packs.ts'
import type { RulePack } from '#base/pure/rules/rule-pack.ts'
import { kindOf, ruleIds } from '#base/pure/rules/rule-table.ts'

const over = (rules: RulePack['rules'], more: object = {}): RulePack =>
  ({
    format: 1,
    id: 'else',
    standard: 'X 1',
    province: '99',
    over: 'guangxi',
    rules,
    ...more,
  }) as RulePack
const limit = (value: unknown, unit: string, basis = 'printed') => ({ value, unit, basis })
const d5 = (thresholds: object) => ({ D5: { thresholds } }) as unknown as RulePack['rules']

it('the pack of the program is one, names every rule, and has every threshold', () => {
  expect(wrongIn(basePack)).toBeNull()
  expect(Object.keys(basePack.rules).toSorted()).toEqual([...ruleIds].toSorted())
  for (const id of ruleIds) {
    expect(baseRules.asks(id)).toBe(true)
    const names = baseRules.limits(id).map(({ name }) => name)
    expect(names.toSorted()).toEqual(Object.keys(kindOf(id).thresholds).toSorted())
    expect(baseRules.evidence(id)).not.toEqual([])
  }
})

it('has the figures that the text prints', () => {
  const said: readonly (readonly [number, number])[] = [
    [baseRules.limit('D5', 'levelMin'), -45],
    [baseRules.limit('D5', 'width'), 3200],
    [baseRules.limit('D5', 'length'), 4500],
    [baseRules.limit('D5', 'step'), 250],
    [baseRules.limit('D7', 'lossMax'), 1],
    [baseRules.limit('D10', 'latencyMax'), 200],
    [baseRules.limit('D12', 'rateMin'), 1000],
    [baseRules.limit('D13', 'rsrpMin'), -100],
    [baseRules.limit('D13', 'sinrOver'), 3],
    [baseRules.limit('siting.antennaHeight', 'min'), 2500],
    [baseRules.limit('siting.antennaYaw', 'max'), 45],
    [baseRules.limit('R1', 'within'), 3],
    [baseRules.limit('R2', 'within'), 10],
    [baseRules.limit('sampling', 'share'), 20],
  ]
  for (const [found, printed] of said) expect(found).toBe(printed)
})

describe('refused', () => {
  it.each([
    ['no pack', 'text', '', 'text'],
    ['an unknown rule', over({ D99: { clause: 'x' } }), '/rules/D99', 'D99'],
    [
      'an unknown threshold',
      over(d5({ heigth: limit(1, 'mm') })),
      '/rules/D5/thresholds/heigth',
      'heigth',
    ],
    [
      'another unit',
      over(d5({ levelMin: limit(-45, 'dB') })),
      '/rules/D5/thresholds/levelMin/unit',
      'dB',
    ],
    [
      'a figure beyond its bounds',
      over(d5({ levelMin: limit(45, 'dBm') })),
      '/rules/D5/thresholds/levelMin/value',
      '45',
    ],
    [
      'a figure that is a text',
      over(d5({ levelMin: limit('-45', 'dBm') })),
      '/rules/D5/thresholds/levelMin/value',
      '-45',
    ],
    [
      'a basis of its own',
      over(d5({ levelMin: limit(-45, 'dBm', 'hearsay') })),
      '/rules/D5/thresholds/levelMin/basis',
      'hearsay',
    ],
    [
      'a stray member of a threshold',
      over(d5({ levelMin: { ...limit(-45, 'dBm'), why: 'x' } })),
      '/rules/D5/thresholds/levelMin/why',
      'x',
    ],
    [
      'a stray member of a rule',
      over({ D5: { verdict: 'pass' } } as unknown as RulePack['rules']),
      '/rules/D5/verdict',
      'pass',
    ],
    ['a stray member', over({}, { author: 'x' }), '/author', 'x'],
    [
      'evidence of nobody',
      over({ E1: { evidence: ['hearsay'] } } as unknown as RulePack['rules']),
      '/rules/E1/evidence/0',
      'hearsay',
    ],
    [
      'evidence that the rule cannot have',
      over({ D5: { evidence: ['ledger'] } }),
      '/rules/D5/evidence/0',
      'ledger',
    ],
    ['a pack under it that is not there', over({}, { over: 'none' }), '/over', 'none'],
    [
      'a clause that is no text',
      over({ D5: { clause: 5 } } as unknown as RulePack['rules']),
      '/rules/D5/clause',
      '5',
    ],
    [
      'a whole pack without a threshold',
      over({ R3: { thresholds: {} } }, { over: null }),
      '/rules/R3/thresholds/days',
      '',
    ],
    [
      'least above most',
      over({
        'siting.antennaYaw': { thresholds: { min: limit(50, 'deg'), max: limit(45, 'deg') } },
      } as unknown as RulePack['rules']),
      '/rules/siting.antennaYaw/thresholds/max/value',
      '45',
    ],
    ['a later format', over({}, { format: 2 }), '/format', '2'],
    ['a province by name', over({}, { province: 'Guangxi' }), '/province', 'Guangxi'],
  ])('%s', (_, pack, field, value) => {
    const wrong = wrongIn(pack)
    expect({ field: wrong?.field, value: wrong?.value }).toEqual({ field, value })
    expect(wrong?.why.zh).not.toBe('')
  })
})

const whole = structuredClone(basePack)
const ruleOf = (id: string) => ({ ...whole.rules[id] })
const renamed = (rules: RulePack['rules']): RulePack => ({
  ...basePack,
  id: 'ours',
  rules: { ...basePack.rules, ...rules },
})

describe('a pack with the name of the program’s', () => {
  it('is taken as what it is where it is the same', () => {
    expect(wrongIn(structuredClone(basePack))).toBeNull()
    expect(rulesIn(structuredClone(basePack)).altered).toEqual([])
    const known = knownDigests[basePack.id]?.at(-1)
    expect(digestsOf(openGmCrypto()).ofText(canonicalJson(basePack))).toBe(known)
  })
  it.each<[string, Partial<RulePack>]>([
    ['strikes a row', { rules: { ...whole.rules, D5: null } }],
    ['leaves an item out', { rules: { D1: ruleOf('D1') } }],
    [
      'prints a text of its own',
      { rules: { ...whole.rules, E1: { ...ruleOf('E1'), printed: '-' } } },
    ],
    [
      'asks for less evidence',
      { rules: { ...whole.rules, F4: { ...ruleOf('F4'), evidence: [] } } },
    ],
    ['names another standard', { standard: 'DBJT45/T 065-2025' }],
    ['lies over itself', { over: 'guangxi', rules: { D5: null } }],
  ])('is refused where it %s', (_, more) => {
    const pack = { ...whole, ...more }
    expect(wrongIn(pack)).toMatchObject({ field: '/id', value: 'guangxi' })
    // In a record it can be read, and says what it alters, unless it only names another standard.
    expect(wrongInKept(pack)).toBeNull()
    expect(rulesIn(pack).altered.length > 0).toBe(more.standard === undefined)
  })
  it('is not what it says with another digest', () => {
    const [packId, digest] = [basePack.id, 'AB'.repeat(32)]
    expect(isWhatItSays({ packId, digest })).toBe(false)
    expect(isWhatItSays({ packId, digest: knownDigests[packId]?.[0] ?? '' })).toBe(true)
    expect(isWhatItSays({ packId: 'ours', digest })).toBe(true)
  })
})

describe('what a pack alters is said with was and is', () => {
  it.each<[string, RulePack, readonly Partial<RuleAlteration>[]]>([
    ['a struck row', renamed({ D5: null }), [{ rule: 'D5', member: 'asked', is: 'false' }]],
    [
      'a limit that it calls printed',
      over(d5({ levelMin: limit(-90, 'dBm') })),
      [{ rule: 'D5', member: 'levelMin', was: '-45 dBm (printed)', is: '-90 dBm (printed)' }],
    ],
    [
      'a limit whose basis alone differs',
      over(d5({ levelMin: limit(-45, 'dBm', 'assumed') })),
      [{ rule: 'D5', member: 'levelMin', is: '-45 dBm (assumed)' }],
    ],
    [
      'a text',
      over({ R1: { printed: '应≤9 s' } }),
      [{ rule: 'R1', member: 'printed', was: '', is: '应≤9 s' }],
    ],
    ['a number', over({ R1: { clause: '9.9' } }), [{ rule: 'R1', member: 'clause', is: '9.9' }]],
    ['evidence', over({ E1: { evidence: [] } }), [{ rule: 'E1', member: 'evidence', is: '' }]],
    ['nothing', over({}), []],
  ])('%s', (_, pack, altered) => {
    const rules = rulesIn(pack)
    expect(rules.altered).toMatchObject(altered)
    expect(rules.altered).toHaveLength(altered.length)
    for (const { rule } of altered) expect(alteredWords(rules.altered, rule ?? '')).not.toBeNull()
  })
  it('shows a figure that no issuer signed as assumed', () => {
    const pack = over(d5({ levelMin: limit(-90, 'dBm') }))
    const basisOf = (of: RulePack) =>
      rulesIn(of)
        .limits('D5')
        .find(({ name }) => name === 'levelMin')?.basis
    expect(basisOf(pack)).toBe('assumed')
    expect(basisOf(basePack)).toBe('printed')
    const seal = { certificate: '', signature: '', signedAtIso: '' }
    expect(basisOf({ ...pack, seal })).toBe('printed')
  })
})

it('a pack in a record of an earlier version may lack a threshold, and is judged by that of today', () => {
  const { thresholds: _, ...bare } = { ...basePack.rules['R3'] }
  const kept = { ...basePack, rules: { ...basePack.rules, R3: bare } }
  expect(wrongInKept(kept)).toBeNull()
  expect(rulesIn(kept).limit('R3', 'days')).toBe(baseRules.limit('R3', 'days'))
})

describe('a pack over another', () => {
  const pack = over({
    D5: { thresholds: { levelMin: limit(-40, 'dBm') as never } },
    I1: null,
    R1: { clause: '9.9', printed: '应≤2 s' },
  })
  it('changes what it names and nothing else', () => {
    const rules = rulesIn(pack)
    expect(rules.limit('D5', 'levelMin')).toBe(-40)
    expect(rules.limit('D5', 'width')).toBe(3200)
    expect([rules.asks('I1'), rules.asks('I2')]).toEqual([false, true])
    expect([rules.clause('R1'), rules.printed('R1')]).toEqual(['9.9', '应≤2 s'])
    expect([rules.clause('R2'), rules.printed('R2')]).toEqual(['10.3.2.2 b', null])
    expect(baseRules.limit('D5', 'levelMin')).toBe(-45)
  })
  it('over nothing asks for its own rules alone, and lends figures to what is drawn', () => {
    const rules = rulesIn(over({ D1: { clause: '1' } }, { over: null }))
    expect(ruleIds.filter((id) => rules.asks(id))).toEqual(['D1'])
    expect(rules.limit('D5', 'levelMin')).toBe(-45)
  })
})

it('is found by the province, and no other province has one', () => {
  expect(packOfProvince('4501')).toBe(basePack)
  expect(packOfProvince('2101')).toBeNull()
})
