// Two names of one person, however they are typed: blanks, width and case make no second one.
// Another name stays another person.
import { expect, test } from 'vitest'
import { isSamePerson } from '../../../../firmware-runtime/core/values/same-person.ts'

test.each([
  ['Zhang', ' zhang ', true],
  ['王 老板', '王  老板', true],
  ['Ｚhang', 'zhang', true],
  ['王老板', '王老板2', false],
  ['', 'x', false],
])('%j and %j: %s', (a, b, same) => {
  expect(isSamePerson(a, b)).toBe(same)
  expect(isSamePerson(b, a)).toBe(same)
})
