// Which secrets people may have: each rule with secrets on both sides of it.
// Also which role may do which kind of work, against a table written by hand.
import { describe, expect, it } from 'vitest'
import { mayDo, roles, rolesFor } from '#base/pure/values/roles.ts'
import { hasPhrase, secretFault } from '#base/pure/data/secret-rules.ts'

describe('a PIN', () => {
  it.each([
    ['274916', null],
    ['507382', null],
    ['12345', 'digits'],
    ['1234567', 'digits'],
    ['12a456', 'digits'],
    ['１２３４５６', 'digits'],
    ['', 'digits'],
    ['123456', 'run'],
    ['654321', 'run'],
    ['135791', 'run'],
    ['901234', 'run'],
    ['000000', 'repeat'],
    ['121212', 'repeat'],
    ['369369', 'repeat'],
    ['112122', 'repeat'],
    ['850312', 'date'],
    ['311285', 'date'],
    ['123185', 'date'],
    ['198507', 'date'],
    ['201012', 'date'],
    ['991399', null],
    ['851399', null],
  ])('%s: %s', (pin, fault) => {
    expect(secretFault('attendant', '李四', pin)).toBe(fault)
  })
})

describe('the phrase of an owner', () => {
  it.each([
    ['correct horse', null],
    ['停车场从星期一开门', null],
    ['x7#kQ2!p', null],
    ['short1', 'short'],
    ['x'.repeat(65), 'long'],
    ['aaaabbbb', 'repeat'],
    ['tab\tinside', 'characters'],
    ['12345678', 'run'],
    ['Password1', 'common'],
    ['wang laoban 9', 'name'],
    ['274916', 'short'],
  ])('%s: %s', (phrase, fault) => {
    expect(secretFault('owner', 'Wang', phrase)).toBe(fault)
  })

  it('is of the owner alone', () => {
    expect(roles.filter(hasPhrase)).toEqual(['owner'])
  })
})

it('each kind of work has its people', () => {
  const table = {
    books: 'owner support auditor',
    desk: 'owner attendant support auditor',
    firstCar: 'owner installer',
    gear: 'owner installer support auditor',
    attendant: 'owner attendant installer',
    till: 'owner attendant',
    installer: 'owner installer support',
    owner: 'owner',
    people: 'owner auditor',
    everyone: 'owner attendant installer support auditor',
  } as const
  for (const [right, who] of Object.entries(table))
    expect(rolesFor(right as keyof typeof table).join(' ')).toBe(who)
  expect(roles.every((role) => mayDo(role, 'seat'))).toBe(true)
  expect(mayDo(null, 'seat')).toBe(true)
  expect(mayDo(null, 'everyone')).toBe(false)
})
