// Default limits of what a small lot may accept without a platform (D.2 rule 11). Every value can be changed in
// lot.json.
import type { OfflineCaps } from '../../core/lot/config.ts'
import { standardsUnder } from '../../core/values/lot-settings.ts'

export const standardCaps: OfflineCaps = standardsUnder('caps')
