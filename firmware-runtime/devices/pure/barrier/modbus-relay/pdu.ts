// Encodes and decodes PDUs by their tables; knows no single frame. A PDU that is too short, too long or not in the
// table is refused with a reason.
import { note, type NoteText } from '#base/pure/words/notes.ts'
import { bytesOfHex, hexOf } from '#base/pure/data/bytes.ts'
import { must, present } from '#base/pure/values/must.ts'
import { pduTables } from './frames/index.ts'
import type { PduField, PduTable, PduValue } from './frames/table.ts'

type DecodedPdu =
  | { readonly ok: true; readonly name: string; readonly value: PduValue }
  | { readonly ok: false; readonly reason: NoteText }

function encodeField(field: PduField, value: number | string | undefined): readonly number[] {
  const bytes = typeof value === 'string' ? bytesOfHex(value) : null
  if (field.as === 'counted') {
    const counted = present(bytes, `${field.name} is not hex`)
    must(counted.length <= 250, `${field.name} does not fit into a PDU`)
    return [counted.length, ...counted]
  }
  const max = field.as === 'u8' ? 0xff : 0xffff
  must(typeof value === 'number' && Number.isInteger(value), `${field.name} is not a whole number`)
  must(value >= 0 && value <= max, `${field.name} ${value} is out of range`)
  return field.as === 'u8' ? [value] : [value >> 8, value & 0xff]
}

export const encodePdu = (table: PduTable, value: PduValue): Uint8Array =>
  Uint8Array.from([
    table.functionCode,
    ...table.fields.flatMap((field) => encodeField(field, value[field.name])),
  ])

/** Cache of decoded three-byte answers: polls of up to eight inputs repeat the same few. */
const short = new Map<number, DecodedPdu>()
const shortMax = 256

/** Decodes an answer of the device (`from` device or both) or, for tools, a request of the lane. */
export function decodePdu(pdu: Uint8Array, from: 'device' | 'lane' = 'device'): DecodedPdu {
  if (from === 'lane' || pdu.length !== 3) return decodedBy(pdu, from)
  const key = ((pdu[0] ?? 0) << 16) | ((pdu[1] ?? 0) << 8) | (pdu[2] ?? 0)
  const known = short.get(key)
  if (known !== undefined) return known
  const decoded = decodedBy(pdu, from)
  if (short.size < shortMax) short.set(key, decoded)
  return decoded
}

function decodedBy(pdu: Uint8Array, from: 'device' | 'lane'): DecodedPdu {
  const code = pdu[0]
  const table = pduTables.find(
    (t) => t.functionCode === code && (t.from === from || t.from === 'both'),
  )
  if (table === undefined) return { ok: false, reason: note('functionUnknown', code ?? '') }
  const value: Record<string, number | string> = {}
  let at = 1
  for (const field of table.fields) {
    const first = pdu[at]
    const second = pdu[at + 1]
    if (first === undefined)
      return { ok: false, reason: note('endsBefore', table.name, field.name) }
    if (field.as === 'u8') {
      value[field.name] = first
      at += 1
    } else if (field.as === 'u16') {
      if (second === undefined) return { ok: false, reason: note('endsIn', table.name, field.name) }
      value[field.name] = (first << 8) | second
      at += 2
    } else {
      const bytes = pdu.slice(at + 1, at + 1 + first)
      if (bytes.length < first) return { ok: false, reason: note('endsIn', table.name, field.name) }
      value[field.name] = hexOf(bytes)
      at += 1 + first
    }
  }
  if (at !== pdu.length)
    return { ok: false, reason: note('bytesOver', table.name, pdu.length - at) }
  return { ok: true, name: table.name, value }
}
