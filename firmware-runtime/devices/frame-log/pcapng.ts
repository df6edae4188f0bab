// Frames as a pcapng file for common tools: one packet for each frame, with direction and time.
// Draft-ietf-opsawg-pcapng: section header, one interface (LINKTYPE_USER0), enhanced packet blocks.

export interface PcapPacket {
  /** Microseconds since 1970. */
  readonly epochUs: bigint
  readonly direction: 'in' | 'out'
  readonly bytes: Uint8Array
  /** Number of further bytes on the link that are left out. */
  readonly leftOut?: number
}

interface PcapSource {
  readonly program: string
  /** Shown as the name of the interface: which device it was. */
  readonly name: string
  readonly description: string
}

/** LINKTYPE_USER0: for private use; the reader chooses a dissector (DLT_USER 147). */
const linkTypeUser0 = 147
/** Zero means no limit. */
const noSnapLength = 0
const blockOf = { section: 0x0a0d0d0a, interface: 1, packet: 6 } as const
const byteOrderMagic = 0x1a2b3c4d
/** Bits 0 and 1 of epb_flags: 1 inbound, 2 outbound, as seen from us. */
const flagsOf = { in: 1, out: 2 } as const
const optionOf = { end: 0, name: 2, description: 3, program: 4, flags: 2, resolution: 9 } as const

const padded = (length: number): number => (length + 3) & ~3

class Words {
  private readonly parts: Uint8Array[] = []
  length = 0

  u16(...values: readonly number[]): this {
    return this.put(2, values, (view, at, value) => view.setUint16(at, value, true))
  }
  u32(...values: readonly number[]): this {
    return this.put(4, values, (view, at, value) => view.setUint32(at, value, true))
  }
  /** Padded with zeros to a multiple of four. */
  bytes(bytes: Uint8Array): this {
    const whole = new Uint8Array(padded(bytes.length))
    whole.set(bytes)
    this.parts.push(whole)
    this.length += whole.length
    return this
  }
  option(code: number, value: Uint8Array): this {
    return this.u16(code, value.length).bytes(value)
  }
  text(code: number, text: string): this {
    return this.option(code, new TextEncoder().encode(text))
  }
  whole(): Uint8Array {
    const out = new Uint8Array(this.length)
    let at = 0
    for (const part of this.parts) {
      out.set(part, at)
      at += part.length
    }
    return out
  }
  private put(
    size: number,
    values: readonly number[],
    set: (view: DataView, at: number, value: number) => void,
  ): this {
    const part = new Uint8Array(size * values.length)
    const view = new DataView(part.buffer)
    values.forEach((value, i) => set(view, i * size, value))
    this.parts.push(part)
    this.length += part.length
    return this
  }
}

/** The length is before and after a block, so that a file can be read backwards. */
function block(type: number, body: Words): Uint8Array {
  const length = body.length + 12
  return new Words().u32(type, length).bytes(body.whole()).u32(length).whole()
}

export function pcapngHead({ program, name, description }: PcapSource): Uint8Array {
  const unknownLength = 0xffffffff
  const section = new Words()
    .u32(byteOrderMagic)
    .u16(1, 0)
    .u32(unknownLength, unknownLength)
    .text(optionOf.program, program)
    .u16(optionOf.end, 0)
  const device = new Words()
    .u16(linkTypeUser0, 0)
    .u32(noSnapLength)
    .text(optionOf.name, name)
    .text(optionOf.description, description)
    // 10 to the power of minus 6: microseconds.
    .option(optionOf.resolution, Uint8Array.of(6))
    .u16(optionOf.end, 0)
  return new Words()
    .bytes(block(blockOf.section, section))
    .bytes(block(blockOf.interface, device))
    .whole()
}

export function pcapngPacket({ epochUs, direction, bytes, leftOut = 0 }: PcapPacket): Uint8Array {
  const flags = new Words().u32(flagsOf[direction]).whole()
  const body = new Words()
    .u32(0, Number(epochUs >> 32n), Number(epochUs & 0xffffffffn))
    .u32(bytes.length, bytes.length + leftOut)
    .bytes(bytes)
    .option(optionOf.flags, flags)
    .u16(optionOf.end, 0)
  return block(blockOf.packet, body)
}

export function pcapng(source: PcapSource, packets: Iterable<PcapPacket>): Uint8Array {
  const out = new Words().bytes(pcapngHead(source))
  for (const packet of packets) out.bytes(pcapngPacket(packet))
  return out.whole()
}
