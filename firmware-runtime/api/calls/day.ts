// Calls of a day's books: takings by means, what they were held against, open items, and counted shifts.
// An item ends by a person who says how; written off takes a second one. Nothing closes by being hidden.
import { endGuard } from '../../core/people/guards.ts'
import { t, type BilingualText } from '../../core/values/fault-text.ts'
import { z } from 'zod'
import type { DayItem } from '../../core/billing/day-items.ts'
import type { LetGo } from '../../core/billing/let-go.ts'
import { complaintTextMax } from '../../core/values/feedback.ts'
import type { InIso } from '../../core/values/instant.ts'
import { toldKinds } from '../../core/values/rows/tally-row.ts'
import type { BillCounts, TallyMeans, ToldChange } from '../../core/values/rows/tally-row.ts'
import { fenMax } from '../../core/values/fen.ts'
import { refundMeans, type BackMeans } from '../../core/values/refund-means.ts'
import { act, day, iso, read, reply, said, who, type ActAnswer } from '../rows.ts'

export type DayItemView = InIso<Omit<DayItem, 'stayId' | 'feedback'>> &
  Pick<DayItem, 'feedback'> & {
    /** Null where no stay of this lot is known. */
    readonly stayId: string | null
    /** Its last day for an answer has passed. */
    readonly isLate?: true
  }

/** A car that a boom was opened for without, or with less than, what it owed. */
export type LetGoView = InIso<LetGo>

interface ShiftView {
  readonly fromIso: string
  readonly toIso: string
  /** Its float: left by the shift before, and put in since (`floatFen`, part of it). It is no income. */
  readonly beforeFen: number
  readonly floatFen: number
  readonly takenFen: number
  /** Cash that was given back. */
  readonly backFen: number
  readonly countedFen: number
  readonly leftFen: number
  /** What ETC took in it; absent in rows of before. */
  readonly etc?: { readonly count: number; readonly fen: number }
  /** The planned shift that it was. */
  readonly planNo?: string
  readonly by: string
}

export interface TallyView {
  readonly means: TallyMeans
  readonly expectedFen: number
  /** Null: nothing it was held against. */
  readonly foundFen: number | null
  /**
   * `noBill`: there is nobody who sends one. `soFar`: nothing differed then, and more may have come since.
   * `ended`: it differed, and a person ended each difference.
   */
  readonly state: 'noBill' | 'notYet' | 'soFar' | 'equal' | 'differs' | 'ended'
  /** When it was held against it, and by whom; empty where it was not. */
  readonly atIso: string
  readonly by: string
  /** Lines of bill and ledger by what became of them; null where that was not kept. */
  readonly counts: BillCounts | null
  /** The last time that its bill was asked for and did not come. */
  readonly missed: { readonly atIso: string; readonly reason: string } | null
  /** Of a split bill: what each party gets of that day. */
  readonly parties: readonly { readonly partyId: string; readonly shareFen: number }[]
}

export interface DayView {
  readonly day: string
  /** For who has no books: the shift that runs, or one that this person counted today; no bills and no hours. */
  readonly isOwnShift?: true
  readonly fromIso: string
  readonly toIso: string
  readonly inside: number
  readonly capacity: number
  readonly stays: number
  readonly takings: readonly {
    readonly means: string
    readonly count: number
    readonly amountFen: number
  }[]
  /** The 24 hours of the whole day: cars through lanes, and fen of all means. */
  readonly hours: readonly {
    readonly entered: number
    readonly left: number
    readonly takenFen: number
  }[]
  /** What went back in this span, under the means by which it did, of whichever payment it was. */
  readonly back: readonly {
    readonly means: BackMeans
    readonly count: number
    readonly amountFen: number
  }[]
  /** The sum of these that is no cash. */
  readonly refundedFen: number
  /** The cash of these. */
  readonly cashBackFen: number
  /** The newest first. */
  readonly letGo: readonly LetGoView[]
  readonly books: readonly TallyView[]
  /** Open ones of every day, then those of this day that have ended. */
  readonly items: readonly DayItemView[]
  /** Who is on duty that day, as the operator's platform plans it; null: no plan was downloaded. */
  readonly plan: {
    readonly version: string
    readonly takenIso: string
    /** How many plans of this day there were. */
    readonly revision: number
    readonly shifts: readonly {
      readonly shiftNo: string
      readonly staffId: string
      /** Null: of the whole lot. */
      readonly laneId: string | null
      readonly onIso: string
      readonly offIso: string
    }[]
  } | null
  /** What platforms change here and people are told of before. */
  readonly told: readonly {
    readonly of: ToldChange['of']
    readonly version: string
    readonly toldIso: string
    readonly takeIso: string
    /** Old and new values, and from when. */
    readonly what: BilingualText
  }[]
  /** Counted on this day. */
  readonly shifts: readonly ShiftView[]
  /** Since the drawer was counted last, or since the lot began. */
  readonly drawer: {
    readonly sinceIso: string
    /** Nobody ever counted it: cash of each month since the lot began, the oldest first. Null: it was counted. */
    readonly neverCounted: readonly { readonly month: string; readonly takenFen: number }[] | null
    /** Its float: left by the shift before, and put in since (`floatFen`, part of it). */
    readonly beforeFen: number
    readonly floatFen: number
    readonly takenFen: number
    /** Cash that was given back. */
    readonly backFen: number
    /** How often it was told to open since then, and how often without a sale; no drawer answers. */
    readonly opened: number
    readonly noSale: number
  }
}

const itemId = z.string().min(1).max(120)
const fen = z.int().min(0).max(fenMax)

interface ReconcileAnswer extends ActAnswer {
  readonly differences: number
  /** What was held against a bill, and of what the bill did not come. */
  readonly means: readonly TallyMeans[]
  readonly missing: readonly { readonly means: TallyMeans; readonly reason: string }[]
}

export const dayCalls = {
  /** `shift`: the number of a counted one of that day, from 0. */
  'day.get': read(
    'desk',
    () => z.strictObject({ day: day.optional(), shift: z.int().min(0).max(99).optional() }),
    reply<DayView>(),
    { rest: 'folder', command: 'day show' },
  ),
  /** Holds the day's ETC and payments by code against the bills of platform and gateway; every difference becomes an item. */
  'day.reconcile': act('owner', () => z.strictObject({ day, ...who }), reply<ReconcileAnswer>(), {
    words: t('核对账单', 'Bill compared'),
    command: 'day reconcile',
  }),
  /** A change of a platform that people were told of is taken now, between cars. */
  'day.take': act(
    'owner',
    () =>
      z.strictObject({
        of: z.enum(toldKinds),
        /** The one that was read: a newer one is another change. */
        version: z.string().min(1).max(64),
        ...who,
      }),
    reply<ActAnswer>(),
    { words: t('提前采用平台的变更', 'A change of a platform taken early'), command: 'day take' },
  ),
  /** The drawer was counted; `leftFen` stays in it for the next shift. */
  'day.count': act(
    'till',
    () =>
      z.strictObject({
        countedFen: fen,
        leftFen: fen.optional(),
        /** Since when, as it was read: refused where somebody counted meanwhile. */
        sinceIso: iso.optional(),
        ...who,
      }),
    reply<ActAnswer>(),
    { words: t('交接班清点', 'Drawer counted'), guard: 'pin', command: 'day count' },
  ),
  /** Opens the drawer without a sale, by the person's own PIN. */
  'day.drawer': act('till', () => z.strictObject({ ...who }), reply<ActAnswer>(), {
    words: t('打开钱箱', 'Drawer opened'),
    guard: 'pin',
    command: 'day drawer',
  }),
  /** Cash for change goes into the drawer, by the person's own PIN: the count expects it, and it is no income. */
  'day.float': act(
    'till',
    () => z.strictObject({ floatFen: z.int().min(1).max(fenMax), ...who }),
    reply<ActAnswer>(),
    {
      words: t('放入备用金', 'Float put in'),
      guard: 'pin',
      command: 'day float',
      flags: { floatFen: 'fen' },
    },
  ),
  /** Who looks after an item from now on. */
  'day.own': act(
    'till',
    () => z.strictObject({ itemId, owner: said(60), ...who }),
    reply<ActAnswer>(),
    { words: t('指定负责人', 'Owner of a difference'), command: 'day own' },
  ),
  'day.end': act(
    'till',
    () =>
      z.strictObject({
        itemId,
        how: z.enum(['found', 'explained', 'refunded']),
        /** With `refunded`: how the money went back; cash comes off the drawer. */
        refundMeans: z.enum(refundMeans).optional(),
        /** What shows it; wanted where sums differ and it was found or explained. */
        evidence: said(200).optional(),
        /** What the driver is told, of an item that is a driver's word. */
        answer: said(complaintTextMax).optional(),
        /** Of the session where one asks: by two people where money goes back, where words alone end a difference, or a count of the drawer. */
        approvedBy: said(60).optional(),
        ...who,
      }),
    reply<ActAnswer>(),
    {
      words: t('处理差异', 'Difference ended'),
      guard: endGuard,
      command: 'day end',
      flags: { refundMeans: 'means' },
    },
  ),
  /** By two people: `approvedBy` is of the session where one asks; a script names it. */
  'day.writeOff': act(
    'till',
    () => z.strictObject({ itemId, approvedBy: said(60).optional(), ...who }),
    reply<ActAnswer>(),
    { words: t('核销差异', 'Difference written off'), guard: 'fourEyes', command: 'day write-off' },
  ),
} as const
