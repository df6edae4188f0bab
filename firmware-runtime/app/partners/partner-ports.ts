// What a lot has for a partner of its published interface, by right.
import type { LotConfig } from '../../core/lot/config.ts'
import type { PartnerPorts } from '../../ports/partner.ts'
import type { FeedLot } from './partner-feed.ts'
import { partnerMembers, type MembersLot } from './partner-members.ts'
import { partnerSpaces, type SpacesLot } from './partner-spaces.ts'
import type { LotRuntime } from '../lot/lot-runtime.ts'

export type PartnersLot = FeedLot & MembersLot & SpacesLot & Pick<LotRuntime, 'ordersOf'>

export const partnerPorts = (
  lot: PartnersLot,
  config: LotConfig,
  partnerId: string,
): PartnerPorts => ({
  orders: lot.ordersOf(partnerId),
  members: partnerMembers(lot, config, partnerId),
  spaces: partnerSpaces(lot, config),
})
