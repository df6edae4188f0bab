// The link of an LED board for people: command, text of each line, spoken text, and whether the board accepted it. The
// codec is the driver's own.
import {
  CarryingReader,
  frameCode,
  frameKindFrom,
  type FrameKind,
  type ReadBytes,
  type ReadFrame,
  type FrameReader,
} from '../../frame-reader.ts'
import { decodeData } from './codec.ts'
import { displayTables } from './frames/index.ts'
import { unframe, type DisplayFrame, type Unframed } from './framing.ts'

export const displayFrameKinds: readonly FrameKind[] = displayTables.map((table) => ({
  code: frameCode(table.command),
  name: table.name,
  from: frameKindFrom(table.from),
}))

function frameOf({ command, data, bytes }: DisplayFrame, from: 'device' | 'lane'): ReadFrame {
  const decoded = decodeData(command, data, from)
  const frame = { type: frameCode(command), bytes }
  if (!decoded.ok) return { ...frame, name: '', ok: false, fields: {}, reason: decoded.reason }
  const { name, value } = decoded
  const means = from === 'lane' ? {} : { means: value['result'] === 0 ? 'done' : 'refused' }
  // Undocumented bytes are shown when present.
  const { more, ...said } = value
  const rest = more === undefined || more === '' ? {} : { more }
  return { ...frame, name, ok: true, fields: { ...means, ...said, ...rest }, reason: '' }
}

class DisplayReader extends CarryingReader<Unframed> {
  private readonly address: number

  constructor(address: number) {
    super()
    this.address = address
  }

  protected unframe(rest: Uint8Array, bytes: Uint8Array): Unframed {
    return unframe(rest, bytes, this.address)
  }

  protected read({ frames, discardedBytes }: Unframed, from: 'device' | 'lane'): ReadBytes {
    return { frames: frames.map((one) => frameOf(one, from)), discardedBytes }
  }
}

export const displayReader = (address: number): FrameReader => new DisplayReader(address)
