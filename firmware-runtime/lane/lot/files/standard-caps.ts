// Default limits of what a small lot may accept without a platform (D.2 rule 11). Every value can be changed in
// lot.json.
import type { OfflineCaps } from '#base/pure/lot/config.ts'
import { standardsUnder } from '#base/pure/lot/lot-settings.ts'

export const standardCaps: OfflineCaps = standardsUnder('caps')
