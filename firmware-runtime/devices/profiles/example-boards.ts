// Examples of boards: relays on Modbus TCP and RTU, displays of the 0x64 protocol. Encoding uses decoded values only:
// the expectation in a file may be anything.
import { bothOf } from '#base/pure/words/fault-text.ts'
import { crc16Fits } from '../pure/crc16-modbus.ts'
import { frame as mbapFrame, noBytes, unframe } from '../pure/barrier/modbus-relay/framing.ts'
import { pduTables } from '../pure/barrier/modbus-relay/frames/index.ts'
import { decodePdu, encodePdu } from '../pure/barrier/modbus-relay/pdu.ts'
import { modbusRtu } from '../pure/barrier/modbus-relay/rtu.ts'
import { decodeData, encodeData } from '../pure/display/olm/codec.ts'
import { displayTables } from '../pure/display/olm/frames/index.ts'
import type { DisplayValue } from '../pure/display/olm/frames/table.ts'
import { frame as displayFrame, unframe as unframeDisplay } from '../pure/display/olm/framing.ts'
import { differs, refused, type Example, type ExampleTurn, type Of } from './example-turn.ts'
import { findingWords as words } from './finding-words.ts'

type Modbus = Of<'modbus-tcp'> | Of<'modbus-rtu'>

/** One PDU compared with its expectation and its header. */
function pduTurn(
  head: Readonly<Record<string, number>>,
  pdu: Uint8Array,
  { as: _as, ...wanted }: Modbus,
  from: Example['from'],
  framed: (pdu: Uint8Array) => Uint8Array,
): ExampleTurn {
  const read = decodePdu(pdu, from)
  if (!read.ok) return refused(bothOf(read.reason))
  const decoded = differs({ ...head, name: read.name, fields: read.value }, wanted)
  const table = decoded === null ? pduTables.find((t) => t.name === wanted.name) : undefined
  return { decoded, again: table === undefined ? null : framed(encodePdu(table, wanted.fields)) }
}

export function modbusTcpTurn(
  bytes: Uint8Array,
  want: Of<'modbus-tcp'>,
  from: Example['from'],
): ExampleTurn {
  const { frames, carry, discardedBytes } = unframe(noBytes, bytes)
  const [only, second] = frames
  if (only === undefined || second !== undefined || carry.length > 0 || discardedBytes > 0)
    return refused(words.notOneMessage())
  const { transactionId, unitId } = only
  return pduTurn({ transactionId, unitId }, only.pdu, want, from, (pdu) =>
    mbapFrame(transactionId, unitId, pdu),
  )
}

export function modbusRtuTurn(
  bytes: Uint8Array,
  want: Of<'modbus-rtu'>,
  from: Example['from'],
): ExampleTurn {
  const [unitId = 0] = bytes
  if (!crc16Fits(bytes, 0, bytes.length)) return refused(words.checkMisfits())
  return pduTurn({ unitId }, bytes.slice(1, -2), want, from, (pdu) =>
    modbusRtu(0).frame(0, unitId, pdu),
  )
}

export function displayTurn(
  bytes: Uint8Array,
  { as: _as, ...wanted }: Of<'olm'>,
  from: Example['from'],
): ExampleTurn {
  const { address } = wanted
  const { frames, carry, discardedBytes } = unframeDisplay(noBytes, bytes, address)
  const [only, second] = frames
  if (only === undefined || second !== undefined || carry.length > 0 || discardedBytes > 0)
    return refused(words.notOneFrame())
  const read = decodeData(only.command, only.data, from)
  if (!read.ok) return refused(bothOf(read.reason))
  const decoded = differs({ address, name: read.name, fields: read.value }, wanted)
  const table = decoded === null ? displayTables.find((t) => t.name === wanted.name) : undefined
  if (table === undefined) return { decoded, again: null }
  const data = encodeData(table, wanted.fields as DisplayValue)
  return { decoded, again: displayFrame(address, table.command, data) }
}
