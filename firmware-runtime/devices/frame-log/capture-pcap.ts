// A capture as pcapng: its frames as packets, with times by the monotonic clock from its beginning. Bytes that were not
// a frame are left out; the capture has them.
import { bytesOfHex } from '#base/pure/data/bytes.ts'
import { pcapng, type PcapPacket } from './pcapng.ts'
import type { DecodedRow } from './frame-decoder.ts'

/** Differences between packets follow the monotonic clock, because wall clocks jump. */
export class Packets {
  private first: DecodedRow | null = null

  /** Null for rows that are not a frame. */
  of(row: DecodedRow): PcapPacket | null {
    this.first ??= row
    const bytes = bytesOfHex(row.hex)
    if (row.direction === 'link' || bytes === null || bytes.length === 0) return null
    const { atMs, monoUs } = this.first
    const epochUs = BigInt(atMs) * 1000n + BigInt(Math.round(row.monoUs - monoUs))
    return { epochUs, direction: row.direction, bytes, leftOut: row.leftOut ?? 0 }
  }
}

interface PcapOf {
  readonly laneId: string
  /** Absent: an antenna. */
  readonly device?: string
  readonly variant: string
  readonly program: string
}

export function pcapOf(of: PcapOf, rows: Iterable<DecodedRow>): Uint8Array {
  const { device = 'rsu' } = of
  return pcapng(
    {
      program: of.program,
      name: of.laneId === '' ? device : `${of.laneId} ${device}`,
      description: of.variant,
    },
    packetsOf(rows),
  )
}

function* packetsOf(rows: Iterable<DecodedRow>): Generator<PcapPacket> {
  const packets = new Packets()
  for (const row of rows) {
    const packet = packets.of(row)
    if (packet !== null) yield packet
  }
}
