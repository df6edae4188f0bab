// What a probe may say to an unknown antenna: to be off, or how its PSAM is. Nothing that sets it: the
// initialise frame (C0) carries a power, and what the antenna had would be gone (ADR 41).
import { encodeKnown } from '../known-frames.ts'
import { rsuVariant, type RsuVariantId } from '../variants.ts'

/** The frame types of a probe; a test decodes every byte that is ever sent against this list. */
export const requestCodes = ['4C', 'C4', 'CA'] as const

/** Sequence bytes of a host that has just begun (rsu-interface.md 1.1.3, 1.2.2). */
const firstSeq: Readonly<Record<RsuVariantId, number>> = {
  'generic-bcc': 0x80,
  'generic-ver': 0x10,
  'generic-len': 0,
}

interface Ask {
  readonly variant: RsuVariantId
  readonly bytes: Uint8Array
}

/**
 * The question of one variant. Where a start begins with the PSAM, that is answered before any C0 (2.4);
 * elsewhere a switched antenna acknowledges, or its next heartbeat is waited for (2.7).
 */
function askOf(variant: RsuVariantId): Ask | null {
  const { engine, framing, table } = rsuVariant(variant)
  const first = table.psam?.atStart === true ? table.psam.start : table.antennaSwitch
  const code = requestCodes.find((one) => one === first)
  const frame = code === undefined ? null : encodeKnown(engine, code, { switch: 0 })
  return frame === null ? null : { variant, bytes: framing.encode(firstSeq[variant], frame.data) }
}

/**
 * generic-ver last: its head reads as the length 16 of generic-len, which would take the next question
 * for the rest of that frame. The other two are refused by their heads at once.
 */
const order: readonly RsuVariantId[] = ['generic-bcc', 'generic-len', 'generic-ver']

export const allAsks = (): readonly Ask[] =>
  order.map((id) => askOf(id)).filter((ask) => ask !== null)
