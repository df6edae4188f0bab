// What a probe may say to an unknown antenna: the initialise frame of each variant, nothing else.
// Least power and entry mode: nothing that follows can read a card, and no frame here can debit.
import { encodeKnown, type Known } from '../known-frames.ts'
import { rsuVariant, rsuVariantIds, type RsuVariantId } from '../variants.ts'

/** The one frame type of a probe; a test decodes every byte that is ever sent against this list. */
export const askedCodes = ['C0'] as const

/** Sequence bytes of a host that has just begun (rsu-interface.md 1.1.3, 1.2.2). */
const firstSeq: Readonly<Record<RsuVariantId, number>> = {
  'generic-bcc': 0x80,
  'generic-ver': 0x10,
  'generic-len': 0,
}

export interface AskTime {
  readonly unixSec: number
  /** `YYYYMMDDhhmmss`, local. */
  readonly bcd: string
}

export interface Ask {
  readonly variant: RsuVariantId
  readonly bytes: Uint8Array
}

/** The question of one variant. Its clock is right, so that a device that takes it loses nothing. */
export function askOf(variant: RsuVariantId, time: AskTime): Ask | null {
  const { engine, framing, table } = rsuVariant(variant)
  const known: Known = {
    unixTime: time.unixSec,
    time: time.bcd,
    laneMode: table.laneModes.entry,
    bstIntervalMs: 10,
    waitOrInterval: table.c0Wait === 'bstIntervalMs' ? 10 : 1,
    powerStep: 0,
    channel: table.channelBase,
    transactionMode: 1,
    flagId: '000000',
    workMode: 'normal',
  }
  const frame = encodeKnown(engine, askedCodes[0], known)
  return frame === null ? null : { variant, bytes: framing.encode(firstSeq[variant], frame.data) }
}

export const allAsks = (time: AskTime): readonly Ask[] =>
  rsuVariantIds.map((id) => askOf(id, time)).filter((ask) => ask !== null)
