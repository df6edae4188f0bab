// The calls about members: the list from the lot's state, and changes of one member or a whole file as rows of one
// transaction. Refusals come before the first row; a file applies only to the list with which its difference was
// computed.
import type { PayAttemptView } from '../../calls/pay.ts'
import type { MemberView, MemberInside } from '../../calls/member-views.ts'
import type { ArgsOf } from '#runtime/api/table.ts'
import type { Who } from '#base/calls/rows.ts'
import { validity, type HeldMember } from '../../pure/member/list.ts'
import { coverOf } from '../../pure/member/cover.ts'
import { membersCsv } from '../../pure/member/member-csv.ts'
import { membersNow } from '../../pure/member/member-diff.ts'
import { issuedMember, platesIn } from '../../pure/member/member-issue.ts'
import { areaOf, areasOf } from '#base/pure/lot/config.ts'
import type { LotState } from '#ledger/pure/lot/lot-state.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { dayMs, isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import { fenText } from '#base/pure/values/fen.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { Member, MemberRow } from '#base/pure/rows/member-row.ts'
import { unusualPlates } from '#base/pure/plates/plate.ts'
import { ControlPay } from './control-pay.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'
import { digestOfList } from './control-imports.ts'

const digestOf = (members: readonly Member[]): string => digestOfList(canonicalJson(members))

type MemberLot = Lot<'runtime' | 'config'>

const nowOf = ({ runtime }: MemberLot): readonly Member[] => membersNow(runtime.lot.members)

function viewOf(of: MemberLot, held: HeldMember): MemberView {
  const { member } = held
  const [fromMs, toMs] = validity(held)
  const nowMs = of.runtime.nowMs()
  const state = nowMs < fromMs ? 'notYet' : nowMs < toMs ? 'valid' : 'expired'
  const daysLeft = toMs === Infinity ? null : Math.max(0, Math.ceil((toMs - nowMs) / dayMs))
  return { member, state, daysLeft, inside: insideOf(of, member, nowMs) }
}

function insideOf(
  { runtime: { lot }, config }: MemberLot,
  { no, plates }: Member,
  nowMs: InstantMs,
): MemberInside[] {
  return plates.flatMap((plate) => {
    const stay = stayOf(lot, plate)
    if (stay === undefined) return []
    const { stayId, enteredAtMs, entryLaneId } = stay
    const area = areaOf(config, entryLaneId)
    const asked = { stayId, plate, fromMs: enteredAtMs, toMs: nowMs + 1, area }
    const { parts } = coverOf(lot.members, asked, (other) => {
      const car = stayOf(lot, other)
      return car === undefined ? null : { ...car, area: areaOf(config, car.entryLaneId) }
    })
    const isCovered = parts.some((part) => part.no === no && part.toMs > nowMs)
    return [{ plate, stayId, enteredAtIso: isoOf(enteredAtMs), isCovered }]
  })
}

/** One transaction: the audit row and all rows of the list, or nothing. */
function write(
  { runtime }: MemberLot,
  audit: RowDraft,
  rows: readonly MemberRow[],
  money: readonly RowDraft[] = [],
): void {
  const atMs = runtime.nowMs()
  runtime.append([
    audit,
    ...rows.map((body) => ({ kind: 'member', atMs, body }) as const),
    ...money,
  ])
}

/** A payment without a stay: takings, drawer and reports count it like any other payment by its means. */
function saleRow(
  { runtime }: MemberLot,
  no: string,
  { amountFen, means }: NonNullable<ArgsOf<'members.issue'>['sold']>,
  { by, reason }: Who,
): RowDraft {
  const body = { paymentId: runtime.mint('M'), means, by, reason, sold: no }
  return { kind: 'payment', atMs: runtime.nowMs(), amountFen, body }
}

const stayOf = (lot: LotState, plate: string) => lot.stays.get(lot.byPlate.get(plate) ?? '')

const actsOf = (of: Lot<'runtime' | 'config' | 'acts'>) =>
  of.acts.table({
    'members.issue': (args, act) => {
      const member = issuedMember(of.runtime.lot.members, args.member, areasOf(of.config))
      const { sold } = args
      const { no, kind } = member
      if (sold !== undefined && kind !== 'period')
        throw new LaneFault('MEMBER-01', {
          field: '/sold',
          value: kind,
          note: t('不是月租车', 'this is not a period pass'),
        })
      const money = sold === undefined ? [] : [saleRow(of, no, sold, args)]
      const words = sold === undefined ? no : `${no} ${fenText(sold.amountFen)}`
      write(of, act.row(words), [{ row: 'issued', member }], money)
    },
    'members.reverse': ({ no }, act) => {
      if (!nowOf(of).some((member) => member.no === no))
        throw new LaneFault('MEMBER-03', { field: '/no', value: no })
      write(of, act.row(no), [{ row: 'reversed', no }])
    },
  })

type OwnLot = Lot<'runtime' | 'config' | 'acts' | 'service' | 'drawer'>

export const memberCalls = defineCalls((of: OwnLot) => {
  const done = actsOf(of)
  const pay = new ControlPay(of)
  return {
    ...done,
    'members.list': () => ({
      rows: nowOf(of).map((member) => viewOf(of, { member, endedAtMs: null })),
      digest: digestOf(nowOf(of)),
      areas: areasOf(of.config),
      todayIso: isoOf(of.runtime.nowMs()).slice(0, 10),
    }),
    'members.issue': (args, role) => ({
      ...done['members.issue'](args, role),
      unusual: unusualPlates(platesIn(args.member)),
    }),
    // Read first: when the payments cannot be read, nothing is reversed.
    'members.reverse': async (args, role) => {
      const { rows: payments } = await pay.attempts({ passNo: args.no })
      const answer = done['members.reverse'](args, role)
      const sum = (of: (one: PayAttemptView) => number): number =>
        payments.reduce((total, one) => total + of(one), 0)
      const paidFen = sum((one) => one.paidFen)
      return { ...answer, payments, paidFen, leftFen: sum((one) => one.leftFen) }
    },
    'members.export': () => ({ csv: membersCsv(nowOf(of)) }),
  }
})
