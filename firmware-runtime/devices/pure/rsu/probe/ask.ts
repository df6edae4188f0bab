// What a probe may send to an unknown antenna: the off switch, or a query of its PSAM. Nothing that sets it: the
// initialise frame (C0) carries a power and would overwrite the antenna's own (ADR 41).
import { encodeKnown } from '../known-frames.ts'
import { rsuVariant, type RsuVariantId } from '../variants.ts'

/** The frame types of a probe; a test checks every byte that is ever sent against this list. */
export const requestCodes = ['4C', 'C4', 'CA'] as const

/** First sequence bytes of a host (rsu-interface.md 1.1.3, 1.2.2). */
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
 * The query for one variant. When a start begins with the PSAM, that query is answered before any C0 (2.4); otherwise a
 * switched antenna acknowledges, or its next heartbeat is awaited (2.7).
 */
function askOf(variant: RsuVariantId): Ask | null {
  const { engine, framing, table } = rsuVariant(variant)
  const first = table.psam?.atStart === true ? table.psam.start : table.antennaSwitch
  const code = requestCodes.find((one) => one === first)
  const frame = code === undefined ? null : encodeKnown(engine, code, { switch: 0 })
  return frame === null ? null : { variant, bytes: framing.encode(firstSeq[variant], frame.data) }
}

/**
 * generic-ver last: generic-len would read its head as the length 16, and take the next query for the rest of that
 * frame. The other two are refused by their heads at once.
 */
const order: readonly RsuVariantId[] = ['generic-bcc', 'generic-len', 'generic-ver']

export const allAsks = (): readonly Ask[] =>
  order.map((id) => askOf(id)).filter((ask) => ask !== null)
