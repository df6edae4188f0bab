// The calls about members: the list from the lot's state, and changes of one member or a whole file as rows of one
// transaction. Refusals come before the first row; a file applies only to the list with which its difference was
// computed.
import { createHash } from 'node:crypto'
import type { PayAttemptView } from '../../api/calls/pay.ts'
import type { memberCalls } from '../../api/calls/member.ts'
import type { MembersDiffView, MemberView, MemberInside } from '../../api/member-views.ts'
import type { ArgsOf, Role, Who } from '../../api/table.ts'
import { validity, type HeldMember } from '../../core/member/list.ts'
import { coverOf } from '../../core/member/cover.ts'
import { membersCsv, readMembersCsv } from '../../core/member/member-csv.ts'
import { diffOf, membersNow, rowsOfDiff } from '../../core/member/member-diff.ts'
import { memberPlate, memberRefusal, memberTwice } from '../../core/member/member-rules.ts'
import { areaOf, type LotConfig } from '../../core/lot/config.ts'
import type { LotState } from '../../core/lot/lot-state.ts'
import { t } from '../../core/values/fault-text.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import { dayMs, isoOf, type InstantMs } from '../../core/values/instant.ts'
import { canonicalJson } from '../../core/values/json.ts'
import { fenText } from '../../core/values/fen.ts'
import type { RowDraft } from '../../core/values/rows/ledger-row.ts'
import type { Member, MemberRow } from '../../core/values/rows/member-row.ts'
import { unusualPlates } from '../../core/values/plates/plate.ts'
import type { LotRuntime } from '../lot/lot-runtime.ts'
import type { ControlActs } from './control-acts.ts'
import type { HandlersOf } from './dispatcher.ts'
import { refuseBad } from './whole-table.ts'

const digestOf = (members: readonly Member[]): string =>
  createHash('sha256').update(canonicalJson(members)).digest('hex')

const platesIn = ({ plates, kind }: Member): readonly string[] =>
  plates.map((plate) => memberPlate(plate, kind) ?? plate)

const areasOf = (config: LotConfig): readonly string[] => [
  ...new Set(
    config.lanes.flatMap(({ direction, area }) => (direction === 'entry' ? (area ?? []) : [])),
  ),
]

class Members {
  private readonly runtime: LotRuntime
  private readonly acts: ControlActs
  private readonly config: LotConfig

  constructor(runtime: LotRuntime, config: LotConfig, acts: ControlActs) {
    this.runtime = runtime
    this.config = config
    this.acts = acts
  }

  get now(): readonly Member[] {
    return membersNow(this.runtime.lot.members)
  }

  view(held: HeldMember): MemberView {
    const { member } = held
    const [fromMs, toMs] = validity(held)
    const nowMs = this.runtime.nowMs()
    const state = nowMs < fromMs ? 'notYet' : nowMs < toMs ? 'valid' : 'expired'
    const daysLeft = toMs === Infinity ? null : Math.max(0, Math.ceil((toMs - nowMs) / dayMs))
    return { member, state, daysLeft, inside: this.inside(member, nowMs) }
  }

  private inside({ no, plates }: Member, nowMs: InstantMs): MemberInside[] {
    const { lot } = this.runtime
    return plates.flatMap((plate) => {
      const stay = stayOf(lot, plate)
      if (stay === undefined) return []
      const { stayId, enteredAtMs, entryLaneId } = stay
      const area = areaOf(this.config, entryLaneId)
      const asked = { stayId, plate, fromMs: enteredAtMs, toMs: nowMs + 1, area }
      const { parts } = coverOf(lot.members, asked, (other) => {
        const car = stayOf(lot, other)
        return car === undefined ? null : { ...car, area: areaOf(this.config, car.entryLaneId) }
      })
      const isCovered = parts.some((part) => part.no === no && part.toMs > nowMs)
      return [{ plate, stayId, enteredAtIso: isoOf(enteredAtMs), isCovered }]
    })
  }

  /** The member in normal form. Throws MEMBER-01 or MEMBER-02 with the field. */
  private checked(given: Member): Member {
    const member: Member = { ...given, plates: platesIn(given) }
    const wrong = memberRefusal(member, areasOf(this.config))
    if (wrong !== null) {
      const { field, value, text } = wrong
      throw new LaneFault('MEMBER-01', { field: `/member/${field}`, value, note: text })
    }
    this.mustBeOnce([...this.now.filter(({ no }) => no !== member.no), member])
    return member
  }

  /** MEMBER-02 for a plate that two members have. */
  private mustBeOnce(members: readonly Member[]): void {
    const twice = memberTwice(members)
    if (twice === null) return
    const note = t(`已在编号 ${twice.otherNo} 中`, `already in number ${twice.otherNo}`)
    throw new LaneFault('MEMBER-02', { field: '/member/plates', value: twice.plate, note })
  }

  /** One transaction: the audit row and all rows of the list, or nothing. */
  private write(
    who: Who,
    role: Role,
    what: string,
    rows: readonly MemberRow[],
    money: readonly RowDraft[] = [],
  ): void {
    const { runtime, acts } = this
    const atMs = runtime.nowMs()
    runtime.append([
      acts.auditRow(who, role, what, {}),
      ...rows.map((body) => ({ kind: 'member', atMs, body }) as const),
      ...money,
    ])
  }

  issue(args: ArgsOf<'members.issue'>, role: Role): void {
    const member = this.checked(args.member)
    const { sold } = args
    const { no, kind } = member
    const words = ['members.issue', no, ...(sold === undefined ? [] : [fenText(sold.amountFen)])]
    if (sold !== undefined && kind !== 'period')
      throw new LaneFault('MEMBER-01', {
        field: '/sold',
        value: kind,
        note: t('不是月租车', 'this is not a period pass'),
      })
    const money = sold === undefined ? [] : [this.saleRow(no, sold, args)]
    this.write(args, role, words.join(' '), [{ row: 'issued', member }], money)
  }

  /** A payment without a stay: takings, drawer and reports count it like any other payment by its means. */
  private saleRow(
    no: string,
    { amountFen, means }: NonNullable<ArgsOf<'members.issue'>['sold']>,
    { by, reason }: Who,
  ): RowDraft {
    const { runtime } = this
    const body = { paymentId: runtime.mint('M'), means, by, reason, sold: no }
    return { kind: 'payment', atMs: runtime.nowMs(), amountFen, body }
  }

  reverse(args: ArgsOf<'members.reverse'>, role: Role): void {
    const { no } = args
    if (!this.now.some((member) => member.no === no))
      throw new LaneFault('MEMBER-03', { field: '/no', value: no })
    this.write(args, role, `members.reverse ${no}`, [{ row: 'reversed', no }])
  }

  compare(text: string): MembersDiffView {
    const { now } = this
    const { members, bad, ...beside } = readMembersCsv(text, areasOf(this.config))
    const diff = diffOf(now, bad.length > 0 ? now : members)
    const given = [...diff.added, ...diff.changed.map(({ after }) => after)]
    const unusual = unusualPlates(given.flatMap(({ plates }) => plates))
    return { ...diff, unusual, bad, ...beside, digest: digestOf(now) }
  }

  import(args: ArgsOf<'members.import'>, role: Role): void {
    const { bad, digest, unusual: _, ...diff } = this.compare(args.text)
    refuseBad('MEMBER-05', bad)
    if (digest !== args.digest) throw new LaneFault('MEMBER-04', { field: '/digest' })
    const { takeBack } = args
    const { length } = diff.ended
    if (takeBack !== undefined && takeBack !== length)
      throw new LaneFault('MEMBER-04', { field: '/takeBack', value: String(length) })
    const isComplete = takeBack !== undefined
    const given = [...diff.added, ...diff.changed.map(({ after }) => after)]
    if (!isComplete) this.mustBeOnce([...diff.ended, ...given])
    const rows = rowsOfDiff(diff, isComplete)
    const back = isComplete ? ` takeBack ${length}` : ''
    this.write(args, role, `members.import ${rows.length}${back}`, rows)
  }
}

const stayOf = (lot: LotState, plate: string) => lot.stays.get(lot.byPlate.get(plate) ?? '')

export function memberHandlers(
  runtime: LotRuntime,
  config: LotConfig,
  acts: ControlActs,
  paid: (passNo: string) => Promise<readonly PayAttemptView[]>,
): HandlersOf<keyof typeof memberCalls> {
  const members = new Members(runtime, config, acts)
  return {
    'members.list': () => ({
      rows: members.now.map((member) => members.view({ member, endedAtMs: null })),
      digest: digestOf(members.now),
      areas: areasOf(config),
      todayIso: isoOf(runtime.nowMs()).slice(0, 10),
    }),
    'members.issue': (args, role) => ({
      ...acts.onStay('members.issue', args, () => members.issue(args, role)),
      unusual: unusualPlates(platesIn(args.member)),
    }),
    // Read first: when the payments cannot be read, nothing is reversed.
    'members.reverse': async (args, role) => {
      const payments = await paid(args.no)
      const done = acts.onStay('members.reverse', args, () => members.reverse(args, role))
      const sum = (of: (one: PayAttemptView) => number): number =>
        payments.reduce((total, one) => total + of(one), 0)
      const paidFen = sum((one) => one.paidFen)
      return { ...done, payments, paidFen, leftFen: sum((one) => one.leftFen) }
    },
    'members.compare': ({ text }) => members.compare(text),
    'members.import': (args, role) =>
      acts.onStay('members.import', args, () => members.import(args, role)),
    'members.export': () => ({ csv: membersCsv(members.now) }),
  }
}
