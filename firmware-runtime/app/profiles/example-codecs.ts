// Decodes and encodes the bytes of one example by the codec of the product. Protocols without a codec here are split
// into parts, whose checks are computed.
import { createHash } from 'node:crypto'
import iconv from 'iconv-lite'
import { onFault } from '../../core/faults/on-fault.ts'
import { bytesOfHex, hexOf } from '../../core/values/bytes.ts'
import { bothOf, joinedWhy } from '../../core/values/fault-text.ts'
import { isoOf } from '../../core/values/instant.ts'
import { present } from '../../core/values/must.ts'
import { gateMakes } from '../../devices/camera/gate-makes.ts'
import { crc16 } from '../../devices/crc16-modbus.ts'
import { boschPls } from '../../devices/geomagnetic/chirpstack/bosch-pls.ts'
import { nbIotReport } from '../../devices/geomagnetic/nb-iot/report.ts'
import { crcX25 } from '../../devices/rsu/crc-x25.ts'
import { emptyFraming } from '../../devices/rsu/framing.ts'
import type { RsuVariant } from '../../devices/rsu/variants.ts'
import { readFieldCsv } from '../../survey/field-csv.ts'
import { testerMapOf } from '../../survey/tester-rows.ts'
import { readStrictJson } from '../strict-json.ts'
import { displayTurn, modbusRtuTurn, modbusTcpTurn } from './example-boards.ts'
import { cameraTurn, vzTurn } from './example-cameras.ts'
import type { Example, ExampleTurn, Of } from './example-turn.ts'
import { differs, membersOf, refused } from './example-turn.ts'
import { findingWords as words } from './finding-words.ts'
import { testerText } from './tester-text.ts'

// Examples of a tester's file: its bytes decoded by the column map of its profile, every row. They cannot be encoded
// again, so a digest fixes the bytes.
type TesterData = Readonly<Record<string, unknown>>

/** Height for an example that does not state one, mm. */
const heightMm = 1_000

function testerTurn(bytes: Uint8Array, want: Of<'tester-rows'>, data: TesterData): ExampleTurn {
  if (createHash('sha256').update(bytes).digest('hex') !== want.sha256)
    return refused(words.digestOther())
  const read = testerMapOf(data)
  if (!read.ok) return refused(words.mapNotWhole())
  const text = testerText(bytes, read.map.encoding)
  if (text === null) return refused(words.notEncoded(read.map.encoding))
  const rows = readFieldCsv(text, { ...read.map.plan, heightMm })
  if (!rows.ok) {
    const { line, column, value, note } = rows.fault
    return refused(bothOf(joinedWhy([`line ${line} ${column} ${value}`, note])))
  }
  const said = rows.readings.map(({ xMm, yMm, zMm, levelsDbm, atMs, channel }) => ({
    xMm,
    yMm,
    levelDbm: levelsDbm[0] ?? null,
    ...(zMm === heightMm ? {} : { zMm }),
    ...(channel === undefined ? {} : { channel }),
    ...(atMs === null ? {} : { atIso: isoOf(atMs) }),
  }))
  return { decoded: differs(said, want.readings), again: null }
}

// Examples of gates on cameras and of magnetic sensors: encoded as by the lane, decoded as by its drivers. What cannot
// be encoded again is fixed by the digest of its bytes.
function textOf(bytes: Uint8Array, sha256: string): string | null {
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) return null
  return new TextDecoder().decode(bytes)
}

function gateTurn(bytes: Uint8Array, want: Of<'gate-message'>): ExampleTurn {
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

function spaceTurn(bytes: Uint8Array, want: Of<'space-report'>): ExampleTurn {
  if (textOf(bytes, want.sha256) === null) return refused(words.digestOther())
  const nbIot = want.format === 'nb-iot' ? nbIotReport('', bytes) : null
  if (nbIot?.ok === false) return refused(bothOf(nbIot.reason))
  const said = nbIot === null ? boschPls(want.port ?? 0, bytes) : nbIot.report
  return { decoded: differs(membersOf(said, want.fields), want.fields), again: null }
}

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
