// Earlier certificates that are kept: down to the newest that the platform accepted, including those not tried before it,
// without refused or expired ones.
import { expect, it } from 'vitest'
import { keptFormers, type CertificateWord } from '#ledger/pure/etc/former-certificates.ts'

const words: Readonly<Record<string, CertificateWord>> = { a: 'accepted', r: 'refused' }

/** `a`: accepted, `r`: refused, `u`: not tried; upper case: expired. Newest first. */
const kept = (text: string): string =>
  keptFormers(
    [...text].map((certSerial) => ({
      certSerial,
      notAfterMs: certSerial === certSerial.toUpperCase() ? 1000 : 1001,
    })),
    (certSerial) => words[certSerial.toLowerCase()] ?? null,
    1000,
  )
    .map(({ certSerial }) => certSerial)
    .join('')

it.each([
  ['none', '', ''],
  ['the accepted one', 'a', 'a'],
  ['none before the newest accepted one', 'aau', 'a'],
  ['those after it that were not tried, in order', 'uua', 'uua'],
  ['no refused one', 'rura', 'ua'],
  ['none that is over', 'UAa', 'a'],
  ['of a folder of before, where nothing was told', 'u', 'u'],
  ['three that were not tried at most, and still the accepted one', 'uuuuua', 'uuua'],
  ['three that were not tried at most, where none was accepted', 'uuuuu', 'uuu'],
  ['nothing where all were refused', 'rrr', ''],
])('%s', (_, formers, expected) => {
  expect(kept(formers)).toBe(expected)
})
