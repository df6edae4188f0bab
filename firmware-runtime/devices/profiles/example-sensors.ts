// Examples of gates on cameras and of magnetic sensors: encoded as by the lane, decoded as by its drivers. What cannot
// be encoded again is fixed by the digest of its bytes.
import { createHash } from 'node:crypto'
import { bothOf } from '#base/pure/words/fault-text.ts'
import { present } from '#base/pure/values/must.ts'
import { gateMakes } from '../pure/camera/gate-makes.ts'
import { boschPls } from '../pure/watch/chirpstack/bosch-pls.ts'
import { nbIotReport } from '../pure/watch/nb-iot/report.ts'
import { differs, membersOf, refused, type ExampleTurn, type Of } from './example-turn.ts'
import { findingWords as words } from './finding-words.ts'

function textOf(bytes: Uint8Array, sha256: string): string | null {
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) return null
  return new TextDecoder().decode(bytes)
}

export function gateTurn(bytes: Uint8Array, want: Of<'gate-message'>): ExampleTurn {
  const text = textOf(bytes, want.sha256)
  if (text === null) return refused(words.digestOther())
  const make = present(
    gateMakes.find(({ name }) => name === want.dialect),
    'the schema names the makes',
  )
  if (want.name === 'command') {
    const action = want.fields['action'] === 'close' ? 'close' : 'open'
    return {
      decoded: differs({ action }, want.fields),
      again: new TextEncoder().encode(make.command(action)),
    }
  }
  const said = make.answer(want.name, text)
  return { decoded: differs(membersOf(said, want.fields), want.fields), again: null }
}

export function spaceTurn(bytes: Uint8Array, want: Of<'space-report'>): ExampleTurn {
  if (textOf(bytes, want.sha256) === null) return refused(words.digestOther())
  const nbIot = want.format === 'nb-iot' ? nbIotReport('', bytes) : null
  if (nbIot?.ok === false) return refused(bothOf(nbIot.reason))
  const said = nbIot === null ? boschPls(want.port ?? 0, bytes) : (nbIot.reports[0] ?? null)
  return { decoded: differs(membersOf(said, want.fields), want.fields), again: null }
}
