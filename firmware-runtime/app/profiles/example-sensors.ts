// Examples of gates on cameras: commands as the lane writes them, answers as its driver reads them.
// What cannot be written back is held by the digest of its bytes.
import { createHash } from 'node:crypto'
import { gateBody, gateStatus, inputLevel } from '../../devices/barrier/camera-output/hikvision.ts'
import { differs, membersOf, refused, type ExampleTurn, type Of } from './example-turn.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function textOf(bytes: Uint8Array, sha256: string): string | null {
  return createHash('sha256').update(bytes).digest('hex') === sha256 ? utf8.decode(bytes) : null
}

export function gateTurn(bytes: Uint8Array, want: Of<'gate-message'>): ExampleTurn {
  const text = textOf(bytes, want.sha256)
  if (text === null) return refused('bytes of another digest')
  if (want.name === 'command') {
    const action = want.fields['action'] === 'close' ? 'close' : 'open'
    return {
      decoded: differs({ action }, want.fields),
      again: new TextEncoder().encode(gateBody(action)),
    }
  }
  const said = want.name === 'status' ? gateStatus(text) : { level: inputLevel(text) }
  return { decoded: differs(membersOf(said, want.fields), want.fields), again: null }
}
