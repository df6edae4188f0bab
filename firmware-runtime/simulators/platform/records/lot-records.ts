// Records of entries, plates and exits at a platform (P19; table G.1, rows 5, 7, 10 and 12). They move no money: an
// operator's exit record is a charge at another platform.
import { done, type Outcome } from '../answers.ts'
import { oncePerNumber, type Call, type Handler, type Services, type Worked } from '../call.ts'
import { checkEntryOfCharge, checkLotOf, checkPark } from './known.ts'
import { chargeRules, entryRecordRules, plateRecordRules } from './member-tables.ts'
import { numberOf, textOf, type MemberRule, type Members } from './members.ts'
import type { ActKind } from './settlement-records.ts'
import { chargeTogether, checkTogether } from './together.ts'

interface RecordPlan {
  readonly kind: ActKind
  readonly numberMember: string
  readonly timeMember: string
  readonly rules: readonly MemberRule[]
  shown(members: Members): Readonly<Record<string, unknown>>
  /** Member that names a charge. */
  readonly chargeMember?: string
  /** Members that are valid alone but not together, or not with another record. */
  together?(services: Services, call: Call): Outcome | null
}

const taken =
  ({ kind, numberMember, timeMember, rules, shown, chargeMember, together }: RecordPlan): Handler =>
  (services, call) => {
    const own = textOf(call.members, numberMember)
    const parkId = textOf(call.members, 'parkId')
    // Stays are numbered within their lot, and a channel may have several lots.
    const no = kind === 'entry-records' ? `${parkId}.${own}` : own
    const of = chargeMember === undefined ? '' : textOf(call.members, chargeMember)
    const stored = (): Worked => ({
      status: 'STORED',
      facts: {
        shown: {
          number: own,
          parkId,
          laneNo: textOf(call.members, 'laneNo'),
          time: textOf(call.members, timeMember),
          plate: textOf(call.members, 'vehiclePlate') || null,
          ...shown(call.members),
        },
      },
      outcome: done({ [numberMember]: own, status: 'STORED' }),
    })
    return oncePerNumber(
      services,
      call,
      { kind, no, rules },
      () =>
        together?.(services, call) ??
        checkPark(services, call) ??
        checkLotOf(services, call, of) ??
        stored(),
    )
  }

/** POST /v1/records/entries */
export const postEntryRecord = taken({
  kind: 'entry-records',
  numberMember: 'entryNo',
  timeMember: 'enTime',
  rules: entryRecordRules,
  together: checkEntryOfCharge,
  shown: () => ({}),
})

/** POST /v1/records/plates */
export const postPlateRecord = taken({
  kind: 'plate-records',
  numberMember: 'plateRecNo',
  timeMember: 'time',
  rules: plateRecordRules,
  chargeMember: 'matchedTradeNo',
  shown: (members) => ({
    direction: numberOf(members, 'direction'),
    matchedTradeNo: textOf(members, 'matchedTradeNo') || null,
  }),
})

/** POST /v1/records/exits */
export const postExitRecord = taken({
  kind: 'exit-records',
  numberMember: 'outTradeNo',
  timeMember: 'transTime',
  rules: chargeRules,
  together: (_, { members }) => checkTogether(chargeTogether, members),
  shown: (members) => ({
    realFee: numberOf(members, 'realFee'),
    exTime: textOf(members, 'exTime'),
    entryNo: textOf(members, 'entryNo') || null,
  }),
})
