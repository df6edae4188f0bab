// One call of an interface for its handler, and the rule that one number has one effect (D.2.8): the same number with
// the same body is answered from the records, another body is refused.
import type { InstantMs } from '#base/pure/values/instant.ts'
import { refuse, type Outcome } from './answers.ts'
import type { BillFault } from './records/bill-faults.ts'
import type { FileCipher } from './envelope.ts'
import { checkMembers, type MemberRule, type Members } from './records/members.ts'
import { actOf } from './records/settlement-records.ts'
import type {
  ActFacts,
  ActKind,
  SettlementRow,
  PlatformState,
  RefundStatus,
} from './records/settlement-records.ts'
import type { TacInput } from '../shell/test-tac.ts'

/** Decision rules that tests may change by the administration; a restart resets them. */
export interface Policy {
  /** SUCCESS at once, or PROCESSING (202) until an admin settles it. */
  readonly charges: 'SUCCESS' | 'PROCESSING'
  readonly refunds: RefundStatus
  /** Whether a charge of an account must be applied for and confirmed (P34). */
  readonly consumptions: 'open' | 'required'
  /** Time in which an application may be confirmed. */
  readonly consumptionSec: number
  /** Filter a 5; null: off, because its threshold is a parameter of each province (P23). */
  readonly largeFeeFen: number | null
  /** Refuses card-side charges of a terminal that is not signed in (400009). */
  readonly requirePsam: boolean
  /** Plates, card and OBU numbers must be sealed (P8). */
  readonly encryptVehicleIds: boolean
  /** Of the national suite: with SM4-CBC a file under SM4-GCM is refused, and bills are sealed by CBC (P9). */
  readonly fileCipher: FileCipher
  /** Lies about the versions of the status list. */
  readonly list: 'right' | 'older' | 'gap'
  /** When the bill of a day is ready: the next day at 10:00, at once, at once without its last charge, or never. */
  readonly bills: 'nextDay' | 'atOnce' | 'short' | 'none'
  /** Faults in bills. */
  readonly billFaults: readonly BillFault[]
  /** Shares of each trade in basis points: assumed, because no source names the parties. */
  readonly split: readonly { readonly partyId: string; readonly shareBp: number }[]
  /** Further rules of this platform: a pattern for a member, in every numbered record of the kind. */
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
  /** Null accepts any TAC except an absent one and zero (`--tac any`). */
  readonly tac: ((input: TacInput) => string) | null
  record(row: SettlementRow): void
  /** Whether this platform has an interface, by its route. */
  offers(name: string): boolean
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
  /** Business time: transport time plus the shift set by the administration, ms. */
  readonly nowMs: InstantMs
  /** The later of business time and transport time: the lot's clock may follow either. */
  readonly clockMs: InstantMs
  /** The earlier of both. */
  readonly earliestMs: InstantMs
  /** The channel is a sandbox: magic values apply. */
  readonly isSandbox: boolean
  /** True: the act is taken now and decided at its first query. */
  readonly isLate: boolean
  /** A sealed file for the caller, under the certificate of the request. */
  file(words: string, data: object, stamp?: string): Readonly<Record<string, unknown>>
  /** A sealed member for the caller, under the certificate of the request. */
  sealed(text: string): string
  /** The text of a file sealed to the platform; null when it does not open. */
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

/** Rules set by the platform's staff beside the tables: such a record is refused until it is corrected. */
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
 * Runs `work` for a new number. A refusal that stores nothing returns an Outcome instead of a status, and the number
 * stays free (D.2.7).
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
  const wrong =
    checkMembers(numbered.rules, call.members, call.clockMs) ?? checkShapes(services, call, kind)
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

/** The stored answer; an accepted one has code 100001 "already had it" (P6). */
function replayOf(stored: Outcome): Outcome {
  const respCode = stored.respCode === '100000' ? '100001' : stored.respCode
  return { ...stored, respCode, replayed: true }
}
