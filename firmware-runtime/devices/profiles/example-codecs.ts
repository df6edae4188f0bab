// Decodes and encodes the bytes of one example by the codec of the product. Protocols without a codec here are split
// into parts, whose checks are computed.
import iconv from 'iconv-lite'
import { bytesOfHex, hexOf } from '#base/pure/data/bytes.ts'
import { bothOf } from '#base/pure/words/fault-text.ts'
import { onFault } from '#base/pure/faults/on-fault.ts'
import { crc16 } from '../pure/crc16-modbus.ts'
import { crcX25 } from '../pure/rsu/crc-x25.ts'
import { emptyFraming } from '../pure/rsu/framing.ts'
import type { RsuVariant } from '../pure/rsu/variants.ts'
import { readStrictJson } from '#base/process/strict-json.ts'
import { displayTurn, modbusRtuTurn, modbusTcpTurn } from './example-boards.ts'
import { cameraTurn, vzTurn } from './example-cameras.ts'
import { gateTurn, spaceTurn } from './example-sensors.ts'
import { testerTurn, type TesterData } from './example-tester.ts'
import { differs, refused, type Example, type ExampleTurn, type Of } from './example-turn.ts'
import { findingWords as words } from './finding-words.ts'

export const hexTextOf = (hex: Example['hex']): string =>
  typeof hex === 'string' ? hex : hex.join(' ')

function frameTurn(bytes: Uint8Array, want: Of<'frame'>, variant: RsuVariant | null): ExampleTurn {
  if (variant === null) return refused(words.noFrames())
  const { framing, engine } = variant
  const decoded = framing.decode(emptyFraming, bytes)
  const [only, second] = decoded.frames
  const left = decoded.state.pending.length > 0 || decoded.discards.length > 0
  if (only === undefined || second !== undefined || left) return refused(words.notOneFrame())
  const data = engine.decode(only.data)
  const said = data.ok
    ? { frame: data.code, form: data.form, seq: only.seq, fields: data.value }
    : { frame: data.code, form: null, seq: only.seq, fields: {} }
  const { as: _as, ...wanted } = want
  if (!data.ok && data.reason !== 'empty') return refused(bothOf(data.reason))
  const coded =
    want.frame === ''
      ? ({ ok: true, data: new Uint8Array(0) } as const)
      : engine.encode(want.frame, want.fields, want.form ?? undefined)
  return {
    decoded: differs(said, wanted),
    again: coded.ok ? framing.encode(want.seq, coded.data) : new Uint8Array(0),
  }
}

function jsonTurn(bytes: Uint8Array, want: Of<'json'>): ExampleTurn {
  const again = new TextEncoder().encode(JSON.stringify(want.value))
  return onFault(
    () => ({ decoded: differs(readStrictJson(bytes, ''), want.value), again }),
    (error) => ({ decoded: bothOf(error.detail.note ?? error.code), again }),
  )
}

const xorOf = (bytes: Uint8Array): number => bytes.reduce((sum, b) => sum ^ b, 0)

/** Byte order by protocol: Modbus low byte first, X.25 high byte first, NMEA as two hex digits. */
const checks: Readonly<Record<string, (bytes: Uint8Array) => readonly number[]>> = {
  'crc16-modbus': (bytes) => [crc16(bytes) & 0xff, crc16(bytes) >> 8],
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
    if (startOf.has(part.name)) return refused(words.partTwice(part.name))
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
  return { decoded: same ? null : words.partsAre(hexOf(again)), again }
}

export function turnExample(
  example: Example,
  bytes: Uint8Array,
  variant: RsuVariant | null,
  data: TesterData,
): ExampleTurn {
  const { expect, from } = example
  switch (expect.as) {
    case 'frame':
      return frameTurn(bytes, expect, variant)
    case 'modbus-tcp':
      return modbusTcpTurn(bytes, expect, from)
    case 'modbus-rtu':
      return modbusRtuTurn(bytes, expect, from)
    case 'olm':
      return displayTurn(bytes, expect, from)
    case 'camera-event':
      return cameraTurn(bytes, expect)
    case 'gate-message':
      return gateTurn(bytes, expect)
    case 'space-report':
      return spaceTurn(bytes, expect)
    case 'vz-frame':
      return vzTurn(bytes, expect)
    case 'tester-rows':
      return testerTurn(bytes, expect, data)
    case 'parts':
      return partsTurn(bytes, expect)
    case 'json':
      return jsonTurn(bytes, expect)
  }
}
