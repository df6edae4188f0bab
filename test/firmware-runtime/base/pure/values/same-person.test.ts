// Two spellings of one person's name are the same person: blanks, marks, width and case do not matter.
// A different name is a different person.
import { expect, test } from 'vitest'
import { isSamePerson } from '#base/pure/values/same-person.ts'

test.each([
  ['Zhang', ' zhang ', true],
  ['王 老板', '王  老板', true],
  ['Ｚhang', 'zhang', true],
  ['王老板', ' 王.老板。', true],
  ['Li-Si', 'LI SI', true],
  ['José', 'JOSE', true],
  ['·', '.', false],
  ['王老板', '王老板2', false],
  ['', 'x', false],
])('%j and %j: %s', (a, b, same) => {
  expect(isSamePerson(a, b)).toBe(same)
  expect(isSamePerson(b, a)).toBe(same)
})
