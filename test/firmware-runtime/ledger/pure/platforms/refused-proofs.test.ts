// Which part of a proof a platform refuses, by the code of each province: set-up and certificates use these words, and only
// the dialects know the codes.
import { expect, it } from 'vitest'
import { provinces } from '#ledger/pure/platforms/dialects.ts'
import { toyRow } from './toy/dialect.ts'

/** The four codes of P6; every province maps its own codes to these meanings. */
const refusals = {
  '400003': 'notAccount',
  '400005': 'notCertificate',
  '400006': 'notSignature',
  '400007': 'notTime',
}

it.each(provinces)('$en says the four of them by its own codes, and nothing of others', (row) => {
  const { codes, envelope } = row.dialect
  const said = codes.flatMap(({ code, means }) => {
    const refused = envelope.refuses(code)
    return refused === null ? [] : [[means, refused]]
  })
  expect(Object.fromEntries(said)).toEqual(refusals)
  expect(['', 'X', '9', '499999'].map((code) => envelope.refuses(code))).toEqual([
    null,
    null,
    null,
    null,
  ])
})

it('an envelope without a certificate refuses none', () => {
  expect(toyRow.dialect.envelope.refuses('K9')).toBe(null)
})
