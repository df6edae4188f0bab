// Opens what a lot tells others. The code is loaded by lots that tell something: it takes longer than the rest of a start.
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'
import { noPartners, type OpenedPartners, type PartnersOptions } from './opened-partners.ts'

export async function partnersOf(
  options: PartnersOptions,
  lot: LotRuntime,
): Promise<OpenedPartners> {
  const { published, boards } = options.config
  if (published === undefined && boards === undefined) return noPartners
  const { openPartners } = await import('./partners.ts')
  return openPartners(options, lot)
}
