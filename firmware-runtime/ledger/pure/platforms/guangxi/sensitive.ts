// Members that are not sent in clear (P8, 9.3.4 a). A platform routes a charge by plate, card and OBU number, so these are
// sealed only where the lot requires it; a sealed file (P9) hides its whole content and needs no row.
import type { Dialect, SensitiveMember } from '../../../ports/dialect.ts'

const vehicle = (path: string, ...members: readonly string[]): readonly SensitiveMember[] =>
  members.map((member) => ({ method: 'POST', path, member, of: 'vehicle' }))

/** Names are assumed; a shift (P35) and driver feedback (P36) have one each. These members are sealed in every message. */
const person = ['staffName', 'contact', 'ownerName', 'phone', 'idNo', 'bankCardNo'].map(
  (member): SensitiveMember => ({ method: 'POST', path: null, member, of: 'person' }),
)

/** P12; the card's network stays, filters and routes go by it. */
const ofCharge = ['vehiclePlate', 'obuId', 'obuPlate', 'etcCardId', 'cardPlate']

export const sensitive: Dialect['sensitive'] = {
  encryptVehicleIds: false,
  serialHeader: 'etc-serial',
  members: [
    ...person,
    // P14 always requires encryption of these.
    { method: 'POST', path: '/v1/etc/exceptions', member: 'rawFrames', of: 'frames' },
    ...vehicle('/v1/etc/exit-charges', ...ofCharge),
    ...vehicle('/v1/records/exits', ...ofCharge),
    ...vehicle('/v1/etc/consumptions', 'vehiclePlate', 'obuId', 'etcCardId'),
    ...vehicle('/v1/etc/exceptions', 'vehiclePlate', 'obuId', 'etcCardId'),
    ...vehicle('/v1/records/entries', 'vehiclePlate'),
    ...vehicle('/v1/records/plates', 'vehiclePlate'),
    ...vehicle('/v1/status-list/check', 'no'),
    ...vehicle('/v1/etc/vehicle-info/decrypt', 'obuId'),
  ],
}
