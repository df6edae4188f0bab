// Every framing that takes bytes from a device behind one interface: frames read, and the number of discarded
// bytes. The codecs are the product's own.
import { bytesOfHex, hexOf } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'
import { decodePdu } from '#devices/pure/barrier/modbus-relay/pdu.ts'
import { unframe as unframeTcp } from '#devices/pure/barrier/modbus-relay/framing.ts'
import { unframeRtu } from '#devices/pure/barrier/modbus-relay/rtu.ts'
import { withCrc16 } from '#devices/pure/crc16-modbus.ts'
import { emptyVzFraming, feedVz, resyncVz } from '#devices/pure/camera/vz/framing.ts'
import { vzFrame } from '#devices/pure/camera/vz/framing.ts'
import { vzMessageOf } from '#devices/pure/camera/vz/messages.ts'
import { decodeData } from '#devices/pure/display/olm/codec.ts'
import { displayTables } from '#devices/pure/display/olm/frames/index.ts'
import { unframe as unframeDisplay } from '#devices/pure/display/olm/framing.ts'
import { emptyFraming } from '#devices/pure/rsu/framing.ts'
import { rsuVariant, rsuVariantIds } from '#devices/pure/rsu/variants.ts'
import type { RsuVariantId } from '#devices/pure/rsu/variants.ts'

export interface Heard {
  /** The frames read, as hex of their content, without unknown frames. */
  readonly frames: readonly string[]
  /** Number of discarded bytes, including those of unknown frames. */
  readonly lost: number
  /** Most bytes that were kept of an incomplete frame. */
  readonly held: number
}

export interface TestedFraming {
  readonly name: string
  readonly goods: readonly Uint8Array[]
  /** Start bytes of a frame. */
  readonly start: readonly number[]
  /** Kind of the check over a frame's content. */
  readonly check: 'xor' | 'crc16' | 'none'
  /** Most bytes that may wait for the rest of a frame. */
  readonly heldMax: number
  /** Reads pieces one after the other; `null` is a long silence. */
  hear(pieces: readonly (Uint8Array | null)[]): Heard
}

export const bytesOf = (hex: string): Uint8Array => present(bytesOfHex(hex), 'the fixture is hex')

export const joined = (...parts: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]))

function rsuFraming(id: RsuVariantId): TestedFraming {
  const v = rsuVariant(id)
  return {
    name: id,
    start: [0xff, 0xff],
    check: id === 'generic-bcc' ? 'xor' : 'crc16',
    heldMax: 1034,
    goods: v.table.frames
      .filter(({ from }) => from === 'rsu')
      .flatMap(({ forms }) => forms.map(({ example }) => bytesOf(example.hex)))
      .map((data, i) => v.framing.encode(id === 'generic-bcc' ? 0x18 : 1 + (i % 9), data)),
    hear(pieces) {
      let state = emptyFraming
      const frames: string[] = []
      let [lost, held] = [0, 0]
      for (const piece of pieces) {
        const step = piece === null ? v.framing.flush(state) : v.framing.decode(state, piece)
        ;({ state } = step)
        held = Math.max(held, state.pending.length)
        for (const { count } of step.discards) lost += count
        for (const { data } of step.frames)
          if (v.engine.decode(data).ok) frames.push(hexOf(data))
          else lost += data.length
      }
      return { frames, lost, held }
    },
  }
}

interface Unframed {
  readonly carry: Uint8Array
  readonly discardedBytes: number
}

/** A codec that carries its rest from call to call; a silence discards the rest. */
function carried<U extends Unframed>(
  take: (carry: Uint8Array, bytes: Uint8Array) => U,
  read: (step: U) => readonly { readonly content: Uint8Array; readonly ok: boolean }[],
): TestedFraming['hear'] {
  return (pieces) => {
    let carry = new Uint8Array(0)
    const frames: string[] = []
    let [lost, held] = [0, 0]
    for (const piece of pieces) {
      if (piece === null) {
        lost += carry.length
        carry = new Uint8Array(0)
        continue
      }
      const step = take(carry, piece)
      carry = Uint8Array.from(step.carry)
      held = Math.max(held, carry.length)
      lost += step.discardedBytes
      for (const { content, ok } of read(step))
        if (ok) frames.push(hexOf(content))
        else lost += content.length
    }
    return { frames, lost, held }
  }
}

const boardAnswers = ['020101', '0502000005', '8204', '8506', '020105']

const barrierTcp: TestedFraming = {
  name: 'barrier on Modbus TCP',
  start: [],
  check: 'none',
  heldMax: 260,
  goods: boardAnswers.map((pdu, i) => {
    const bytes = bytesOf(pdu)
    return Uint8Array.of(0, i + 1, 0, 0, 0, bytes.length + 1, 1, ...bytes)
  }),
  hear: carried(unframeTcp, ({ frames }) =>
    frames.map(({ pdu }) => ({ content: pdu, ok: decodePdu(pdu).ok })),
  ),
}

const barrierRtu: TestedFraming = {
  name: 'barrier on Modbus RTU',
  start: [],
  check: 'crc16',
  heldMax: 255,
  goods: boardAnswers.map((pdu) => withCrc16(bytesOf(`01${pdu}`))),
  hear: carried(unframeRtu, ({ answers }) =>
    answers.map(({ pdu }) => ({ content: pdu, ok: decodePdu(pdu).ok })),
  ),
}

const display: TestedFraming = {
  name: 'display board',
  start: [0x00, 0x64, 0xff, 0xff],
  check: 'crc16',
  heldMax: 263,
  goods: displayTables.filter(({ from }) => from === 'device').map((t) => bytesOf(t.example.hex)),
  hear: carried(
    (carry, bytes) => unframeDisplay(carry, bytes, 0),
    ({ frames }) =>
      frames.map(({ command, data, bytes }) => ({
        content: bytes,
        ok: decodeData(command, data, 'device').ok,
      })),
  ),
}

const serialNumber = 'a-1'
const utf8 = new TextEncoder()
const plateMessage = (plate: string): string =>
  JSON.stringify({ cmd: 'ivs_result', PlateResult: { license: plate, triggerType: 1 } })

const vzicom: TestedFraming = {
  name: 'camera of Vzicom',
  start: [0x56, 0x5a, 0, 0],
  check: 'none',
  heldMax: 1_048_584,
  goods: [
    vzFrame('data', utf8.encode('{"cmd":"getsn","state_code":200,"value":"a-1"}'), 1),
    vzFrame('data', utf8.encode(plateMessage('A12345')), 2),
  ],
  hear(pieces) {
    let state = emptyVzFraming
    const frames: string[] = []
    let [lost, held] = [0, 0]
    for (const piece of pieces) {
      const step = piece === null ? resyncVz(state) : feedVz(state, piece)
      ;({ state } = step)
      held = Math.max(held, state.carry.length + (state.open?.size ?? 0))
      lost += step.discardedBytes
      for (const { payload } of step.frames)
        if (vzMessageOf(payload, serialNumber).message.kind === 'refused') lost += payload.length
        else frames.push(hexOf(payload))
    }
    return { frames, lost, held }
  },
}

export const rsuFramings: readonly TestedFraming[] = rsuVariantIds.map(rsuFraming)
export const framings: readonly TestedFraming[] = [
  ...rsuFramings,
  barrierTcp,
  barrierRtu,
  display,
  vzicom,
]
