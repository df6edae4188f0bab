// The frame variants of the product, by their name in link URLs (contract.md section 3). Each is a checked table with
// its engine and framing; a device may override the table.
import type { Framing } from './framing.ts'
import { type FrameEngine, makeFrameEngine } from './frame-engine.ts'
import { makeBccFraming } from './generic-bcc/framing.ts'
import { genericBcc } from './generic-bcc/variant.ts'
import { lenFraming } from './generic-len/framing.ts'
import { genericLen } from './generic-len/variant.ts'
import { verFraming } from './generic-ver/framing.ts'
import { genericVer } from './generic-ver/variant.ts'
import { checkedTable } from './table-check.ts'
import type { VariantOverride } from './variant-override.ts'
import { variantWith } from './variant-with.ts'
import { baseVariantIds, type BaseVariantId, type VariantTable } from './table-types.ts'

export const rsuVariantIds = baseVariantIds
export type RsuVariantId = BaseVariantId

export interface RsuVariant {
  readonly id: RsuVariantId
  readonly table: VariantTable
  readonly engine: FrameEngine
  readonly framing: Framing
}

const variantOf = (id: RsuVariantId, table: VariantTable, framing: Framing): RsuVariant => ({
  id,
  table,
  engine: makeFrameEngine(checkedTable(table)),
  framing,
})

/** Made at first use: a starting lane compiles the plans of its own antennas only. */
const lazily = <T>(make: () => T): (() => T) => {
  let made: T | null = null
  return () => (made ??= make())
}
const bcc = lazily(() =>
  variantOf('generic-bcc', genericBcc, makeBccFraming({ tolerateUnescapedBcc: false })),
)
const bccTolerant = lazily((): RsuVariant => ({
  ...bcc(),
  framing: makeBccFraming({ tolerateUnescapedBcc: true }),
}))
const ver = lazily(() => variantOf('generic-ver', genericVer, verFraming))
const len = lazily(() => variantOf('generic-len', genericLen, lenFraming))

export const isRsuVariantId = (text: string): text is RsuVariantId =>
  rsuVariantIds.some((id) => id === text)

function baseVariant(id: RsuVariantId, tolerateUnescapedBcc: boolean): RsuVariant {
  if (id === 'generic-ver') return ver()
  if (id === 'generic-len') return len()
  return tolerateUnescapedBcc ? bccTolerant() : bcc()
}

/** Engines of overrides, made once: a driver looks up its variant at every event. */
const overridden = new WeakMap<VariantOverride, Omit<RsuVariant, 'framing'>>()

export function rsuVariant(
  id: RsuVariantId,
  tolerateUnescapedBcc = false,
  override: VariantOverride | null = null,
): RsuVariant {
  const base = baseVariant(id, tolerateUnescapedBcc)
  if (override === null) return base
  const { framing } = base
  const known = overridden.get(override)
  if (known !== undefined) return { ...known, framing }
  const table = variantWith(base.table, override)
  const made = { id, table, engine: makeFrameEngine(table) }
  overridden.set(override, made)
  return { ...made, framing }
}
