// The dialects of the RSU simulator, by the name that a link and `rsu-sim --variant` give them.
// One file each; none imports anything of the drivers.
import { bccDialect } from './dialect-bcc.ts'
import { lenDialect } from './dialect-len.ts'
import { regionalDialect } from './dialect-regional.ts'
import { verDialect } from './dialect-ver.ts'
import type { RsuDialect, RsuVariant } from './dialect.ts'

export const dialects: Record<RsuVariant, RsuDialect> = {
  'generic-bcc': bccDialect,
  'generic-ver': verDialect,
  'generic-len': lenDialect,
  'generic/regional-firmware': regionalDialect,
}
