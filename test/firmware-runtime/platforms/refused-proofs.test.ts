// What of a proof a platform does not take, by the code of each province: the set-up and the certificates go by these words, and
// nobody but a dialect knows the codes.
import { expect, it } from 'vitest'
import { provinces } from '../../../firmware-runtime/platforms/dialects.ts'
import { toyRow } from './toy/dialect.ts'

/** P6 has these four; `means` is theirs in every province. */
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
