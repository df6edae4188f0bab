// Examples of a profile: each is decoded, compared with its expectation, and encoded again. A changed byte in any of
// them is detected here.
import { bothOf } from '#base/pure/words/fault-text.ts'
import { bytesOfHex, hexOf } from '#base/pure/data/bytes.ts'
import type { RsuVariant } from '../../pure/rsu/variants.ts'
import { hexTextOf, turnExample } from '../example-codecs.ts'
import type { Findings } from '../findings.ts'
import type { Profile } from '../schema.ts'
import { findingWords as words } from '../finding-words.ts'

export function checkExamples(p: Profile, variant: RsuVariant | null, findings: Findings): void {
  p.examples.forEach((example, i) => {
    const at = ['examples', i, 'hex']
    const text = hexTextOf(example.hex)
    const bytes = bytesOfHex(text)
    if (bytes === null) {
      findings.add('PROFILE-08', at, text, words.notWholeHex())
      return
    }
    const { decoded, again } = turnExample(example, bytes, variant, p.protocol.data ?? {})
    const expected = ['examples', i, 'expect']
    if (decoded !== null && decoded.zh === decoded.en)
      findings.add('PROFILE-08', expected, decoded.en, bothOf(example.id))
    else if (decoded !== null)
      findings.add('PROFILE-08', expected, '', words.exampleIs(example.id, decoded))
    else if (again !== null && hexOf(again) !== hexOf(bytes))
      findings.add('PROFILE-09', at, hexOf(again), words.writtenLikeThis(example.id))
  })
}
