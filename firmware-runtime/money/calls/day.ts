// Calls of the daily accounts: takings by means, comparison with bills, open items, and counted shifts. A person ends
// an item and says how; a write-off needs a second person. Nothing closes by being hidden.
import { endGuard } from '../pure/billing/end-guard.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { z } from 'zod'
import type { DayItem } from '../pure/billing/day-items.ts'
import type { LetGo } from '../pure/billing/let-go.ts'
import type { Unpaired } from '#base/pure/values/unpaired.ts'
import { complaintTextMax } from '#base/pure/values/feedback.ts'
import type { InIso } from '#base/pure/values/instant.ts'
import { toldKinds } from '#base/pure/rows/tally-row.ts'
import type { BillCounts, TallyMeans, ToldChange } from '#base/pure/rows/tally-row.ts'
import { fenMax } from '#base/pure/values/fen.ts'
import { refundMeans, type BackMeans } from '#base/pure/values/refund-means.ts'
import {
  act,
  day,
  iso,
  line,
  plainAct,
  read,
  reply,
  said,
  who,
  type ActAnswer,
} from '#base/calls/rows.ts'

export type DayItemView = InIso<Omit<DayItem, 'stayId' | 'feedback' | 'foundSeq'>> &
  Pick<DayItem, 'feedback'> & {
    /** Null: no stay of this lot is known for it. */
    readonly stayId: string | null
    /** The last day for an answer has passed. */
    readonly isLate?: true
  }

/** A car for which the boom was opened although it had paid nothing, or less than it owed. */
export type LetGoView = InIso<LetGo>

interface ShiftView {
  readonly fromIso: string
  readonly toIso: string
  /** Float of the drawer: left by the shift before, and put in since (`floatFen`, part of it). It is not income. */
  readonly beforeFen: number
  readonly floatFen: number
  readonly takenFen: number
  /** Cash paid back. */
  readonly backFen: number
  readonly countedFen: number
  readonly leftFen: number
  /** What ETC took in this shift; absent in rows of older versions. */
  readonly etc?: { readonly count: number; readonly fen: number }
  /** Number of the planned shift. */
  readonly planNo?: string
  readonly by: string
}

export interface TallyView {
  readonly means: TallyMeans
  readonly expectedFen: number
  /** Amount in the bill or in the drawer; null: not compared yet. */
  readonly foundFen: number | null
  /**
   * `noBill`: no party sends a bill. `soFar`: no difference at that time, and more payments may have come since.
   * `ended`: there were differences, and a person ended each of them.
   */
  readonly state: 'noBill' | 'notYet' | 'soFar' | 'equal' | 'differs' | 'ended'
  /** When the comparison was made, and by whom; empty: not compared. */
  readonly atIso: string
  readonly by: string
  /** Lines of bill and ledger by result; null: not stored. */
  readonly counts: BillCounts | null
  /** The last time that the bill was requested and did not come; null: no such time. */
  readonly missed: { readonly atIso: string; readonly reason: string } | null
  /** Of a split bill: the share of each party on that day. */
  readonly parties: readonly { readonly partyId: string; readonly shareFen: number }[]
}

export interface DayView extends Unpaired {
  readonly day: string
  /**
   * For a role without the books: the current shift, or one that this person counted today; without bills and hours.
   */
  readonly isOwnShift?: true
  readonly fromIso: string
  readonly toIso: string
  readonly inside: number
  readonly capacity: number
  /** Cars that came in through a lane. */
  readonly stays: number
  readonly takings: readonly {
    readonly means: string
    readonly count: number
    readonly amountFen: number
  }[]
  /** The 24 hours of the day: cars through lanes, and fen by all means. */
  readonly hours: readonly {
    readonly entered: number
    readonly left: number
    readonly takenFen: number
  }[]
  /** Refunds paid in this period, by the means used to pay back, whatever the means of the payment was. */
  readonly back: readonly {
    readonly means: BackMeans
    readonly count: number
    readonly amountFen: number
  }[]
  /** Sum of these refunds that were not paid in cash. */
  readonly refundedFen: number
  /** Sum of these refunds that were paid in cash. */
  readonly cashBackFen: number
  /** Newest first. */
  readonly letGo: readonly LetGoView[]
  readonly books: readonly TallyView[]
  /** Open items of every day, then the ended items of this day. */
  readonly items: readonly DayItemView[]
  /** Who is on duty that day by the plan of the operator's platform; null: no plan was downloaded. */
  readonly plan: {
    readonly version: string
    readonly takenIso: string
    /** Number of plans received for this day. */
    readonly revision: number
    readonly shifts: readonly {
      readonly shiftNo: string
      readonly staffId: string
      /** Null: the whole lot. */
      readonly laneId: string | null
      readonly onIso: string
      readonly offIso: string
    }[]
  } | null
  /** Changes announced by platforms that are not in force yet; people are informed beforehand. */
  readonly told: readonly {
    readonly of: ToldChange['of']
    readonly version: string
    readonly toldIso: string
    readonly takeIso: string
    /** Old and new values, and from when they apply. */
    readonly what: BilingualText
  }[]
  /** Shifts counted on this day. */
  readonly shifts: readonly ShiftView[]
  /** Since the last count of the drawer, or since the lot began. */
  readonly drawer: {
    readonly sinceIso: string
    /**
     * Cash of each month since the lot began, oldest first, when the drawer was never counted. Null: it was counted.
     */
    readonly neverCounted: readonly { readonly month: string; readonly takenFen: number }[] | null
    /** Float of the drawer: left by the shift before, and put in since (`floatFen`, part of it). */
    readonly beforeFen: number
    readonly floatFen: number
    readonly takenFen: number
    /** Cash paid back. */
    readonly backFen: number
    /** How often a command to open was sent since then, and how often without a sale; a drawer does not confirm. */
    readonly opened: number
    readonly noSale: number
  }
}

const itemId = z.string().min(1).max(120)
const fen = z.int().min(0).max(fenMax)

interface ReconcileAnswer extends ActAnswer {
  readonly differences: number
  /** Means that were compared with a bill, and means whose bill did not come. */
  readonly means: readonly TallyMeans[]
  readonly missing: readonly { readonly means: TallyMeans; readonly reason: string }[]
}

export const dayCalls = {
  /** `shift`: index of a counted shift of that day, from 0. */
  'day.get': read(
    'desk',
    () => z.strictObject({ day: day.optional(), shift: z.int().min(0).max(99).optional() }),
    reply<DayView>(),
    { rest: 'folder', command: 'day show' },
  ),
  /**
   * Compares the day's ETC and code payments with the bills of platform and gateway; every difference becomes an item.
   */
  'day.reconcile': act('owner', () => z.strictObject({ day, ...who }), reply<ReconcileAnswer>(), {
    words: t('核对账单', 'Bill compared'),
    command: 'day reconcile',
    form: {
      reasons: 'day',
      usual: 0,
      title: t('核对 {day} 的账单', 'Check the bills of {day}'),
      do: t('下载账单并核对', 'Download and compare'),
      says: [
        line(
          '平台和网关的账单通常次日 10 点后可取,每天 10:30 自动核对前一天。每一处差异都列为待处理项,由您负责,直到有人登记结果。',
          'Platform and gateway bills are usually ready at 10:00 the next day and are checked automatically at 10:30. Every difference becomes an open item, and you are responsible until its result is recorded.',
          'quiet',
        ),
      ],
    },
  }),
  /** Applies an announced change of a platform now, between cars. */
  'day.take': plainAct(
    'owner',
    () => ({
      of: z.enum(toldKinds),
      /** The version that the person read: a newer one is another change. */
      version: z.string().min(1).max(64),
    }),
    { words: t('提前采用平台的变更', 'A change of a platform taken early'), command: 'day take' },
  ),
  /** Records the count of the drawer; `leftFen` stays in it for the next shift. */
  'day.count': plainAct(
    'till',
    () => ({
      countedFen: fen,
      leftFen: fen.optional(),
      /** Start of the shift as displayed; refused when somebody counted in the meantime. */
      sinceIso: iso.optional(),
    }),
    { words: t('交接班清点', 'Drawer counted'), guard: 'pin', command: 'day count' },
  ),
  /** Opens the drawer without a sale; needs the person's own PIN. */
  'day.drawer': plainAct('till', () => ({}), {
    words: t('打开钱箱', 'Drawer opened'),
    guard: 'pin',
    command: 'day drawer',
    form: {
      reasons: 'day',
      title: t('不收款打开钱箱', 'Open the drawer without a sale'),
      do: t('打开钱箱', 'Open the drawer'),
      says: [
        line(
          '例如换零钱。须说明原因并输入本人密码,次数记在本班清点旁。',
          'For example to make change. You must give a reason and your own password; openings are counted beside the shift count.',
          'quiet',
        ),
      ],
    },
  }),
  /** Puts cash for change into the drawer, with the person's own PIN: the count expects it, and it is not income. */
  'day.float': plainAct('till', () => ({ floatFen: z.int().min(1).max(fenMax) }), {
    words: t('放入备用金', 'Float put in'),
    guard: 'pin',
    command: 'day float',
    flags: { floatFen: 'fen' },
    form: {
      reasons: 'float',
      usual: 0,
      title: t('放入备用金', 'Add float to the drawer'),
      do: t('放入 {floatFen}', 'Add {floatFen}'),
      says: [
        line(
          '放进钱箱找零用的现金:不算收入,清点时算在应有之内。须输入本人密码,有电动钱箱的会打开。',
          'Cash put in the drawer for change is not income; it is part of the expected count. You must enter your own password. An electric drawer opens.',
          'quiet',
        ),
      ],
      fields: { floatFen: { label: t('放入金额(元)', 'Amount added (yuan)'), as: 'float-yuan' } },
    },
  }),
  /** Assigns an item to a person. */
  'day.own': plainAct('till', () => ({ itemId, owner: said(60) }), {
    words: t('指定负责人', 'Owner of a difference'),
    command: 'day own',
  }),
  'day.end': plainAct(
    'till',
    () => ({
      itemId,
      how: z.enum(['found', 'explained', 'refunded']),
      /** With `refunded`: how the money was paid back; cash is subtracted from the drawer. */
      refundMeans: z.enum(refundMeans).optional(),
      /** What proves it; required when sums differ and the item was found or explained. */
      evidence: said(200).optional(),
      /** The answer to the driver, for an item that is a driver's complaint. */
      answer: said(complaintTextMax).optional(),
      /**
       * Taken from the session where there is one. Needed when money is paid back, when a difference is ended by
       * words alone, or for a count of the drawer.
       */
      approvedBy: said(60).optional(),
    }),
    {
      words: t('处理差异', 'Difference ended'),
      guard: endGuard,
      command: 'day end',
      flags: { refundMeans: 'means' },
    },
  ),
  /** Needs two people: `approvedBy` comes from the session where there is one; a script names it. */
  'day.writeOff': plainAct('till', () => ({ itemId, approvedBy: said(60).optional() }), {
    words: t('核销差异', 'Difference written off'),
    guard: 'fourEyes',
    command: 'day write-off',
  }),
} as const
