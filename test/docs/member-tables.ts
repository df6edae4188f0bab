// Members of request bodies of the simulated platform by interface, with the case in which they are required, for
// docs/platform-sim.md.
import type { MemberRule } from '#simulators/platform/records/members.ts'
import {
  areaRule,
  authorizeRules,
  batchRules,
  cardSideRules,
  chargeRules,
  confirmRules,
  consumptionConfirmRules,
  consumptionRules,
  entryRecordRules,
  exceptionRules,
  exitBatchRules,
  feedbackRules,
  feedbackStateRules,
  fileRules,
  heartbeatRules,
  listCheckRules,
  plateRecordRules,
  psamRules,
  refundRules,
  shiftRecordRules,
  signInRules,
  vehicleUnitRules,
} from '#simulators/platform/records/member-tables.ts'

interface MemberTable {
  readonly name: string
  readonly when: string
  readonly rules: readonly MemberRule[]
}
const table = (name: string, rules: readonly MemberRule[], when = ''): MemberTable => ({
  name,
  when,
  rules,
})

/** Members of request bodies by interface, with the case in which they are required; for the documentation. */
export const memberTables: readonly MemberTable[] = [
  table('POST /v1/psam/sign-in', [...signInRules, areaRule]),
  table('POST /v1/psam/sign-in', psamRules, 'a lane with a PSAM'),
  table(
    'POST /v1/psam/authorize',
    authorizeRules.slice(-1),
    'beside those of the sign-in with a PSAM',
  ),
  table('POST /v1/psam/authorize/confirm', confirmRules),
  table('POST /v1/etc/exit-charges', chargeRules),
  table(
    'POST /v1/etc/exit-charges',
    vehicleUnitRules,
    'unless `mode` is 2 and the plate alone is charged',
  ),
  table('POST /v1/etc/exit-charges', cardSideRules, '`mode` 1'),
  table('POST /v1/etc/consumptions', consumptionRules),
  table('POST /v1/etc/consumptions/{consumptionNo}/confirm', consumptionConfirmRules),
  table('POST /v1/etc/exceptions', exceptionRules),
  table('POST /v1/monitor/heartbeats', heartbeatRules),
  table('POST /v1/etc/refunds', refundRules),
  table('POST /v1/records/entries', entryRecordRules),
  table('POST /v1/records/exits', [], 'and those of a charge'),
  table('POST /v1/records/plates', plateRecordRules),
  table('PUT /v1/shifts/{shiftNo}', shiftRecordRules),
  table('POST /v1/feedback', feedbackRules),
  table('PUT /v1/feedback/{feedbackNo}', feedbackStateRules),
  table('PUT /v1/batches/{kind}/{parkId}/{hour}', batchRules),
  table('PUT /v1/batches/{kind}/{parkId}/{hour}', exitBatchRules, '`kind` `exit`'),
  table('POST /v1/files/exit-trades', fileRules, 'a sealed file'),
  table('POST /v1/status-list/check', listCheckRules),
]
