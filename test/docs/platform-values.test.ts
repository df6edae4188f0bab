// docs/platform-sim.md says what each value of a coded member means.
import { expect, it } from 'vitest'
import { codedMembers } from './platform-values.ts'

it('every value that a rule of the platform accepts has its meaning', () => {
  const without = codedMembers().flatMap(({ member, values }) =>
    values.flatMap(([one, means]) => (means === undefined ? [`${member} ${one}`] : [])),
  )
  expect(without).toEqual([])
  expect(codedMembers().length).toBeGreaterThan(20)
})
