// Refusal codes: no existing code is removed, no asserted code loses its last assertion, and the named bad inputs (F01
// to X17, test/bad-input/rows.ts) keep their codes. Additions are allowed.
import { expect, it } from 'vitest'
import { badInputs } from '../bad-input/rows.ts'
import { assertedCodes, codesIn, knownCodes, sumsOf } from './asserted-codes.ts'
import { pin, pinLeast } from './pin.ts'

const files = assertedCodes()

it('a code stays, and is never another', () => {
  const all = Object.fromEntries(knownCodes.map((code) => [code, 1]))
  pinLeast(new URL('./kept/codes.txt', import.meta.url), all)
})

it('each code is asserted where it was, and not less often', () => {
  const byCode: Record<string, number> = {}
  for (const codes of files.values())
    for (const [code, times] of Object.entries(codes)) byCode[code] = (byCode[code] ?? 0) + times
  pinLeast(new URL('./kept/asserted.txt', import.meta.url), { ...sumsOf(files), byCode })
})

it('bad input has the codes that it had', () => {
  const tests = [...new Set(badInputs.flatMap(({ tests: of }) => of))].toSorted()
  const all = tests.map((file) => [file, files.get(file) ?? {}] as const)
  const rows = badInputs.map(({ id, outcome, tests: of }) => [id, { outcome, of }] as const)
  pin(new URL('./kept/refusals.txt', import.meta.url), {
    files: Object.fromEntries(all),
    rows: Object.fromEntries(rows),
  })
})

it('a code is one that the table has, as a string or at its beginning', () => {
  const text = `expect(x).toBe('LOT-03'); y("LOT-03 /lanes"); z('NO-77'); 'see LOT-03'; 'LOT-030'`
  expect(codesIn(text)).toEqual({ 'LOT-03': 2 })
})
