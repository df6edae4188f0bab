// Reads the bytes of one example and writes them again, by the codec that the product itself uses.
// Protocols without a codec here are told apart by parts, whose checks are computed.
import { createHash } from 'node:crypto'
import iconv from 'iconv-lite'
import { bytesOfHex, hexOf } from '../../core/values/bytes.ts'
import { canonicalJson } from '../../core/values/json.ts'
import { LaneFault } from '../../core/values/faults.ts'
import { frame as mbapFrame, unframe } from '../../devices/barrier/modbus-relay/framing.ts'
import { noBytes } from '../../devices/barrier/modbus-relay/framing.ts'
import { pduTables } from '../../devices/barrier/modbus-relay/frames/index.ts'
import { decodePdu, encodePdu } from '../../devices/barrier/modbus-relay/pdu.ts'
import { parseHikvisionEvent } from '../../devices/camera/hikvision/event.ts'
import { crcX25 } from '../../devices/rsu/crc-x25.ts'
import { emptyFraming } from '../../devices/rsu/framing.ts'
import type { RsuVariant } from '../../devices/rsu/variants.ts'
import { readStrictJson } from '../strict-json.ts'
import type { Profile } from './schema.ts'

type Example = Profile['examples'][number]
type Expect = Example['expect']
type Of<A extends Expect['as']> = Extract<Expect, { as: A }>

export interface ExampleTurn {
  /** Null when the bytes say what the example expects, else what they say instead. */
  readonly decoded: string | null
  /** The bytes that the expectation makes; null where the protocol cannot be written back. */
  readonly again: Uint8Array | null
}

export const hexTextOf = (hex: Example['hex']): string =>
  typeof hex === 'string' ? hex : hex.join(' ')

const differs = (found: unknown, wanted: unknown): string | null =>
  canonicalJson(found) === canonicalJson(wanted) ? null : canonicalJson(found)

function frameTurn(bytes: Uint8Array, want: Of<'frame'>, variant: RsuVariant | null): ExampleTurn {
  if (variant === null) return { decoded: 'the protocol has no frames', again: null }
  const { framing, engine } = variant
  const heard = framing.decode(emptyFraming, bytes)
  const [only, second] = heard.frames
  const left = heard.state.pending.length > 0 || heard.discards.length > 0
  if (only === undefined || second !== undefined || left)
    return { decoded: 'not one whole frame', again: null }
  const data = engine.decode(only.data)
  const said = data.ok
    ? { frame: data.code, form: data.form, seq: only.seq, fields: data.value }
    : { frame: data.code, form: null, seq: only.seq, fields: {} }
  const { as: _as, ...wanted } = want
  if (!data.ok && data.reason !== 'empty') return { decoded: data.reason, again: null }
  const coded =
    want.frame === ''
      ? ({ ok: true, data: new Uint8Array(0) } as const)
      : engine.encode(want.frame, want.fields, want.form ?? undefined)
  return {
    decoded: differs(said, wanted),
    again: coded.ok ? framing.encode(want.seq, coded.data) : new Uint8Array(0),
  }
}

function modbusTurn(bytes: Uint8Array, want: Of<'modbus-tcp'>, from: Example['from']): ExampleTurn {
  const { frames, carry, discardedBytes } = unframe(noBytes, bytes)
  const [only, second] = frames
  if (only === undefined || second !== undefined || carry.length > 0 || discardedBytes > 0)
    return { decoded: 'not one whole message', again: null }
  const { transactionId, unitId } = only
  const pdu = decodePdu(only.pdu, from)
  if (!pdu.ok) return { decoded: pdu.reason, again: null }
  const { as: _as, ...wanted } = want
  const said = { transactionId, unitId, name: pdu.name, fields: pdu.value }
  const decoded = differs(said, wanted)
  // Only what the bytes said can be written: an expectation of a file may be anything.
  const table = decoded === null ? pduTables.find((t) => t.name === want.name) : undefined
  if (table === undefined) return { decoded, again: null }
  return {
    decoded,
    again: mbapFrame(want.transactionId, want.unitId, encodePdu(table, want.fields)),
  }
}

/** `read.plate` of a nested value. */
function memberAt(value: unknown, path: string): unknown {
  let at = value
  for (const name of path.split('.'))
    at = typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined
  return at ?? null
}

function eventTurn(bytes: Uint8Array, want: Of<'hikvision-event'>): ExampleTurn {
  const digest = createHash('sha256').update(bytes).digest('hex')
  if (digest !== want.sha256) return { decoded: `bytes of digest ${digest}`, again: null }
  const event = parseHikvisionEvent(iconv.decode(bytes, 'utf-8'), null)
  const said = Object.fromEntries(
    Object.keys(want.fields).map((path) => [path, memberAt(event, path)]),
  )
  return { decoded: differs(said, want.fields), again: null }
}

function jsonTurn(bytes: Uint8Array, want: Of<'json'>): ExampleTurn {
  const again = new TextEncoder().encode(JSON.stringify(want.value))
  try {
    return { decoded: differs(readStrictJson(bytes, ''), want.value), again }
  } catch (error) {
    if (!(error instanceof LaneFault)) throw error
    return { decoded: error.detail.note ?? error.code, again }
  }
}

function crc16Modbus(bytes: Uint8Array): number {
  let crc = 0xffff
  for (const b of bytes) {
    crc ^= b
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >> 1) ^ 0xa001 : crc >> 1
  }
  return crc
}

const xorOf = (bytes: Uint8Array): number => bytes.reduce((sum, b) => sum ^ b, 0)

/** As each protocol writes it: Modbus low byte first, X.25 high byte first, NMEA as two hex digits. */
const checks: Readonly<Record<string, (bytes: Uint8Array) => readonly number[]>> = {
  'crc16-modbus': (bytes) => [crc16Modbus(bytes) & 0xff, crc16Modbus(bytes) >> 8],
  'crc16-x25': (bytes) => [crcX25(bytes) >> 8, crcX25(bytes) & 0xff],
  xor: (bytes) => [xorOf(bytes)],
  sum8: (bytes) => [bytes.reduce((sum, b) => (sum + b) & 0xff, 0)],
  nmea: (bytes) => [...hexOf(Uint8Array.of(xorOf(bytes)))].map((c) => c.charCodeAt(0)),
}

const charsets = { ascii: 'ascii', utf8: 'utf-8', gbk: 'gbk' } as const

function partsTurn(bytes: Uint8Array, { parts }: Of<'parts'>): ExampleTurn {
  const out: number[] = []
  const startOf = new Map<string, number>()
  for (const part of parts) {
    if (startOf.has(part.name)) return { decoded: `${part.name} stands there twice`, again: null }
    startOf.set(part.name, out.length)
    if ('hex' in part) out.push(...(bytesOfHex(hexTextOf(part.hex)) ?? []))
    else if ('text' in part) out.push(...iconv.encode(part.text, charsets[part.as]))
    else {
      const start = startOf.get(part.from) ?? out.length
      const end = startOf.get(part.to ?? part.name)
      const check = checks[part.check]
      out.push(...(check?.(Uint8Array.from(out.slice(start, end))) ?? []))
    }
  }
  const again = Uint8Array.from(out)
  const same = hexOf(again) === hexOf(bytes)
  return { decoded: same ? null : `the parts are ${hexOf(again)}`, again }
}

export function turnExample(
  example: Example,
  bytes: Uint8Array,
  variant: RsuVariant | null,
): ExampleTurn {
  const { expect, from } = example
  switch (expect.as) {
    case 'frame':
      return frameTurn(bytes, expect, variant)
    case 'modbus-tcp':
      return modbusTurn(bytes, expect, from)
    case 'hikvision-event':
      return eventTurn(bytes, expect)
    case 'parts':
      return partsTurn(bytes, expect)
    case 'json':
      return jsonTurn(bytes, expect)
  }
}
