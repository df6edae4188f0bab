// The frames of a relay board for people: function, relay and pulse, inputs by their wiring, and which of them changed.
// For Modbus TCP and RTU; the codec is the driver's own.
import { bytesOfHex, hexOf } from '#base/pure/data/bytes.ts'
import {
  CarryingReader,
  frameCode,
  frameKindFrom,
  type FrameKind,
  type ReadBytes,
  type ReadFrame,
  type FrameReader,
} from '../../frame-reader.ts'
import { noBytes } from './framing.ts'
import { pduTables } from './frames/index.ts'
import { coilOn, pulseCoilBase, pulseUnitMs } from './frames/write-coil.ts'
import type { PduValue } from './frames/table.ts'
import type { BoardNames } from './names.ts'
import { decodePdu } from './pdu.ts'
import type { RelayTransport, UnframedAnswers, RelayAnswer } from './transport.ts'

type Fields = Record<string, unknown>

/** Modbus Application Protocol V1.1b3, section 7. */
const refusals: Readonly<Record<number, string>> = {
  1: 'illegalFunction',
  2: 'illegalDataAddress',
  3: 'illegalDataValue',
  4: 'deviceFailure',
  6: 'deviceBusy',
}

export const relayFrameKinds: readonly FrameKind[] = pduTables.map((table) => ({
  code: frameCode(table.functionCode),
  name: table.name,
  from: frameKindFrom(table.from),
}))

const onOff = (on: boolean): string => (on ? 'on' : 'off')

class RelayReader extends CarryingReader<UnframedAnswers> {
  private readonly transport: RelayTransport
  private readonly names: BoardNames
  /** First input number of the last request. */
  private asked = 0
  private before: Uint8Array | null = null

  constructor(transport: RelayTransport, names: BoardNames) {
    super()
    this.transport = transport
    this.names = names
  }

  override cut(): { readonly receivedBytes: number; readonly saidBytes: number } {
    this.before = null
    return super.cut()
  }

  protected unframe(rest: Uint8Array, bytes: Uint8Array, from: 'device' | 'lane'): UnframedAnswers {
    return from === 'device'
      ? this.transport.unframe(rest, bytes)
      : this.transport.requests(rest, bytes)
  }

  protected read({ answers, discardedBytes }: UnframedAnswers, from: 'device' | 'lane'): ReadBytes {
    return { frames: answers.map((one) => this.frame(one, from)), discardedBytes }
  }

  private frame({ transactionId, unitId, pdu }: RelayAnswer, from: 'device' | 'lane'): ReadFrame {
    const decoded = decodePdu(pdu, from)
    const of = { unit: unitId, ...(transactionId === null ? {} : { transaction: transactionId }) }
    const frame = {
      type: frameCode(pdu[0] ?? 0),
      bytes: this.transport.frame(transactionId ?? 0, unitId, pdu),
    }
    if (!decoded.ok) return { ...frame, name: '', ok: false, fields: of, reason: decoded.reason }
    const { name, value } = decoded
    const isFirst = this.before === null
    const fields = this.fields(name, value)
    const isOld = name === 'inputs-read' && !isFirst && fields['changed'] === undefined
    const routine = name === 'read-inputs' || isOld ? ({ routine: true } as const) : {}
    return { ...frame, name, ok: true, fields: { ...fields, ...of }, reason: '', ...routine }
  }

  private fields(name: string, value: PduValue): Fields {
    if (name === 'inputs-read') return this.inputs(String(value['bits']))
    if (name === 'write-coil') return this.coil(Number(value['coil']), Number(value['data']))
    if (name === 'read-inputs') {
      this.asked = Number(value['address'])
      return { ...value }
    }
    const code = Number(value['code'])
    return { means: refusals[code] ?? 'notACodeOfTheStandard', code }
  }

  private coil(coil: number, data: number): Fields {
    const isPulse = coil >= pulseCoilBase
    const channel = isPulse ? coil - pulseCoilBase : coil
    const output = this.names.outputs.find((one) => one.channel === channel)?.name
    const named = output === undefined ? {} : { output }
    const done = isPulse ? { pulseMs: data * pulseUnitMs } : { relay: onOff(data === coilOn) }
    return { ...named, ...done, coil, data }
  }

  private inputs(hex: string): Fields {
    const bits = bytesOfHex(hex) ?? noBytes
    const { before } = this
    const bitOf = (of: Uint8Array, di: number): number =>
      ((of[(di - this.asked) >> 3] ?? 0) >> ((di - this.asked) & 7)) & 1
    const turned = (di: number): boolean => before !== null && bitOf(before, di) !== bitOf(bits, di)
    const fields: Fields = {}
    const changed: string[] = []
    for (const { name, di, activeHigh } of this.names.inputs) {
      const is = onOff(bitOf(bits, di) === (activeHigh ? 1 : 0))
      fields[name] = is
      if (turned(di)) changed.push(`${name} ${is}`)
    }
    const named = this.names.inputs.map(({ di }) => di)
    for (let di = this.asked; di < this.asked + 8 * bits.length; di++)
      if (!named.includes(di) && turned(di))
        changed.push(`di ${di} ${onOff(bitOf(bits, di) === 1)}`)
    this.before = bits
    const news = changed.length === 0 ? {} : { changed: changed.join(', ') }
    return { ...news, ...fields, bits: hexOf(bits) }
  }
}

export const relayReader = (transport: RelayTransport, names: BoardNames): FrameReader =>
  new RelayReader(transport, names)
