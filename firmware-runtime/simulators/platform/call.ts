// One call of an interface as its handler sees it, and the rule that one number has one effect
// (D.2.8): same number and same body is answered from the records, another body is refused.
import type { InstantMs } from '../../core/values/instant.ts'
import { refuse } from './answers.ts'
import type { Outcome } from './answers.ts'
import type { BillFault } from './bill-faults.ts'
import type { FileCipher } from './envelope.ts'
import { checkMembers } from './members.ts'
import type { MemberRule, Members } from './members.ts'
import { actOf } from './settlement-records.ts'
import type {
  ActFacts,
  ActKind,
  SettlementRow,
  PlatformState,
  RefundStatus,
} from './settlement-records.ts'
import type { TacInput } from '../shell/test-tac.ts'

/** What a test may change about how the platform decides; set by admin, back to this at a restart. */
export interface Policy {
  /** SUCCESS at once, or PROCESSING (202) until an admin settles it. */
  readonly charges: 'SUCCESS' | 'PROCESSING'
  readonly refunds: RefundStatus
  /** Whether a charge of an account has to be applied for and confirmed (P34). */
  readonly consumptions: 'open' | 'required'
  /** How long an application may be confirmed. */
  readonly consumptionSec: number
  /** Filter a 5; null is off, because its threshold is a parameter of each province (P23). */
  readonly largeFeeFen: number | null
  /** Refuses card-side charges of a terminal that is not signed in (400009). */
  readonly requirePsam: boolean
  /** Plates, card and OBU numbers have to come sealed (P8). */
  readonly encryptVehicleIds: boolean
  /** Of the national suite: with SM4-CBC a file under SM4-GCM is refused, and bills are sealed by CBC (P9). */
  readonly fileCipher: FileCipher
  /** Lies about the versions of the status list. */
  readonly list: 'right' | 'older' | 'gap'
  /** When the bill of a day is there: the next day at 10:00, at once, at once without its last charge, or never. */
  readonly bills: 'nextDay' | 'atOnce' | 'short' | 'none'
  /** What is wrong in them. */
  readonly billFaults: readonly BillFault[]
  /** Who gets what of each trade, in basis points: assumed, no seed names a party. */
  readonly split: readonly { readonly partyId: string; readonly shareBp: number }[]
  /** What this platform asks of a member beside the tables: a text that matches, in every numbered record of the kind. */
  readonly shapes: readonly {
    readonly kind: ActKind
    readonly member: string
    readonly shape: string
  }[]
}

export const defaultPolicy: Policy = {
  charges: 'SUCCESS',
  refunds: 'SUCCESS',
  consumptions: 'open',
  consumptionSec: 120,
  largeFeeFen: null,
  requirePsam: false,
  encryptVehicleIds: false,
  fileCipher: 'SM4-GCM',
  list: 'right',
  bills: 'nextDay',
  billFaults: [],
  split: [
    { partyId: 'LOT', shareBp: 9940 },
    { partyId: 'ISSUER', shareBp: 60 },
  ],
  shapes: [],
}

export interface Services {
  readonly state: PlatformState
  readonly policy: Policy
  /** Null accepts any TAC but none and zero (`--tac any`). */
  readonly tac: ((input: TacInput) => string) | null
  record(row: SettlementRow): void
}

export interface Call {
  readonly appId: string
  readonly members: Members
  /** 64 upper-case hex over the exact bytes. */
  readonly bodySm3: string
  /** The variable parts of the path, in order. */
  readonly path: readonly string[]
  readonly query: URLSearchParams
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>
  /** Of the business: as far from the time of the transport as an admin moved it. */
  readonly nowMs: InstantMs
  /** Of a channel of the sandbox: magic values count. */
  readonly isSandbox: boolean
  /** Taken and decided when it is first asked for. */
  readonly isLate: boolean
  /** What carries a file to who asked: sealed to the certificate of the request. */
  file(words: string, data: object, stamp?: string): Readonly<Record<string, unknown>>
  /** A member for who asked: sealed to the certificate of the request. */
  sealed(text: string): string
  /** The text of a file that a lot sealed to the platform; null where it does not open. */
  opened(members: Members): string | null
  /** 64 upper-case hex. */
  sm3Of(text: string): string
}

export type Handler = (services: Services, call: Call) => Outcome

export interface Worked {
  readonly outcome: Outcome
  readonly status: string
  readonly facts?: ActFacts
}

interface NumberedCall {
  readonly kind: ActKind
  readonly no: string
  readonly rules: readonly MemberRule[]
}

/** What its people set beside the tables: such a record stays refused until it is mended. */
function checkShapes({ policy }: Services, { members }: Call, kind: ActKind): Outcome | null {
  for (const { member, shape } of policy.shapes.filter((one) => one.kind === kind)) {
    const value = members[member]
    if (value === undefined) return refuse('200010', `/${member}`, null, 'this member is required')
    if (!new RegExp(shape).test(String(value)))
      return refuse('200005', `/${member}`, value, `must match ${shape}`)
  }
  return null
}

/**
 * Runs `work` for a number that has not been seen. Work that answers `null` status would not be an
 * act: a refusal that stores nothing returns an Outcome instead, and the number stays free (D.2.7).
 */
export function oncePerNumber(
  services: Services,
  call: Call,
  numbered: NumberedCall,
  work: () => Worked | Outcome,
): Outcome {
  const { kind, no } = numbered
  const { appId, bodySm3 } = call
  const known = actOf(services.state, kind, appId, no)
  if (known) {
    const same = known.row.bodySm3 === bodySm3
    services.record({ t: 'again', kind, appId, no, same })
    return same ? replayOf(known.row.outcome) : conflict(no)
  }
  const wrong = checkMembers(numbered.rules, call.members) ?? checkShapes(services, call, kind)
  if (wrong) return wrong
  const worked = work()
  if ('respCode' in worked) return worked
  services.record({
    t: 'act',
    kind,
    appId,
    no,
    bodySm3,
    atMs: call.nowMs,
    outcome: worked.outcome,
    status: worked.status,
    ...worked.facts,
  })
  return worked.outcome
}

const conflict = (no: string): Outcome =>
  refuse('300013', '', no, 'this number already has another content')

/** The stored answer; an accepted one says 100001, "already had it" (P6). */
function replayOf(stored: Outcome): Outcome {
  const respCode = stored.respCode === '100000' ? '100001' : stored.respCode
  return { ...stored, respCode, replayed: true }
}
