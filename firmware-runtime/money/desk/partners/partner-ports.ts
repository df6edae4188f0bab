// What a lot has for a partner of its published interface, by right.
import type { LotConfig } from '#base/pure/lot/config.ts'
import type { PartnerPorts } from '../../ports/partner.ts'
import { type InvoiceBooks, type InvoicesLot, partnerInvoices } from './partner-invoices.ts'
import type { FeedLot } from './partner-feed.ts'
import { partnerMembers, type MembersLot } from './partner-members.ts'
import { partnerSpaces, type SpacesLot } from './partner-spaces.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'

export type PartnersLot = FeedLot &
  MembersLot &
  InvoicesLot &
  SpacesLot &
  Pick<LotRuntime, 'ordersOf'>

export const partnerPorts = (
  lot: PartnersLot,
  config: LotConfig,
  partnerId: string,
  books: () => InvoiceBooks | null,
): PartnerPorts => ({
  orders: lot.ordersOf(partnerId),
  members: partnerMembers(lot, config, partnerId),
  invoices: partnerInvoices(lot, config, partnerId, books),
  spaces: partnerSpaces(lot, config),
})
