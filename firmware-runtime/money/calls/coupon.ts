// Calls about coupons, merchants and arrears: coupons are issued within limits, used once for a car, given to a car,
// and taken back; debts of merchants; unpaid amounts of drivers, which a person ends. Every change of what a car owes
// is an audited act.
import { t } from '#base/pure/words/fault-text.ts'
import { z } from 'zod'
import { settleGuard } from '#base/pure/values/guards.ts'
import { deskMeans } from '#base/pure/values/payment-means.ts'
import { couponKinds } from '#base/pure/rows/coupon-row.ts'
import { plateColourWords } from '#base/pure/words/match-words.ts'
import { plateColours } from '#base/pure/plates/plate-colours.ts'
import { fenMax } from '#base/pure/values/fen.ts'
import type { ArrearsListView, CouponsView, MerchantsView } from './coupon-views.ts'
import {
  act,
  laneId,
  line,
  none,
  plainAct,
  read,
  reply,
  said,
  who,
  type ActAnswer,
  type SettleAnswer,
} from '#base/calls/rows.ts'

const code = z.string().min(1).max(40)
const plate = z.string().max(32)
const seenColours = plateColours.filter((one) => one !== 'unknown')
/** Checked by the handlers, so that each refusal is COUPON-07 and names its field. */
const given = { merchant: said(40), kind: z.enum(couponKinds), value: z.int() }

/** Of the three values only the one of the kind is shown. */
const couponFields = {
  merchant: { label: t('商户', 'Merchant'), wide: true },
  kind: {
    label: t('优惠', 'Takes off'),
    start: 'amount',
    choices: {
      amount: t('减金额', 'An amount'),
      time: t('减时长', 'Time'),
      percent: t('按比例减', 'A share'),
      whole: t('全免', 'All'),
    },
  },
  value: {
    by: 'kind',
    each: {
      amount: { label: t('减多少(元)', 'Amount (yuan)'), kind: 'fen', min: 1 },
      time: { label: t('减多少(分钟)', 'Minutes'), min: 1 },
      percent: { label: t('减百分之几', 'Percent'), min: 1, max: 100 },
    },
  },
} as const
const headForm = { reasons: 'coupons', usual: 0, columns: 2, page: 'coupons' } as const

const most = z.int().min(0).max(100_000).nullable()
const mostFen = z.int().min(0).max(fenMax).nullable()

export const couponCalls = {
  /** Whole codes for owners only: a code reduces the price of any car. */
  'coupons.list': read('desk', none, reply<CouponsView>(), {
    rest: 'folder',
    command: 'coupons list',
  }),
  'coupons.issue': act(
    'owner',
    () =>
      z.strictObject({
        ...given,
        count: z.int(),
        from: z.string().max(20),
        until: z.string().max(20),
        ...who,
      }),
    reply<ActAnswer & { readonly codes: readonly string[] }>(),
    {
      words: t('发优惠券', 'Coupons issued'),
      guard: 'pin',
      command: 'coupons issue',
      usual: { value: 0 },
      form: {
        ...headForm,
        title: t('发优惠券', 'Issue coupons'),
        do: t('发 {count} 张', 'Issue {count}'),
        opens: t('发券', 'Issue'),
        done: t('已发 {count} 张,编码在列表最前', '{count} issued; their codes are listed first'),
        fields: {
          ...couponFields,
          count: { label: t('张数', 'How many'), start: 10, min: 1, max: 999 },
          from: { label: t('起始日', 'First day'), kind: 'day', start: 'today' },
          until: {
            label: t('截止日', 'Last day'),
            kind: 'day',
            start: 'today',
            since: 'from',
            wide: true,
          },
        },
      },
    },
  ),
  /** Every coupon with its code. */
  'coupons.export': read('owner', none, reply<{ readonly csv: string }>(), { rest: 'folder' }),
  /** Uses a coupon for the car in a lane, or for the car inside with this plate. */
  'coupons.use': plainAct(
    'till',
    () => ({ code, laneId: laneId.optional(), plate: plate.optional() }),
    { words: t('使用优惠券', 'Coupon used'), command: 'coupons use' },
  ),
  /** A merchant gives the car inside with this plate a coupon of today. */
  'coupons.validate': plainAct('till', () => ({ ...given, plate }), {
    words: t('商户减免', 'Given by a merchant'),
    guard: 'pin',
    command: 'coupons validate',
    usual: { value: 0 },
    form: {
      ...headForm,
      title: t('给场内的车减免', 'Validate a car inside'),
      do: t('商户减免', 'Validate a car'),
      says: [
        line(
          '只用于这一次停车,出场时从应收里减去。',
          'For this stay only: it is deducted from the amount due at the exit.',
          'quiet',
        ),
      ],
      fields: { plate: { label: t('车牌', 'Plate'), wide: true }, ...couponFields },
    },
  }),
  /**
   * Makes a coupon of a car inside usable again. One that reduced a paid price becomes usable only with a refund of all
   * payments.
   */
  'coupons.giveBack': plainAct('owner', () => ({ code }), {
    words: t('退回优惠券', 'Coupon free again'),
    command: 'coupons give-back',
    form: {
      reasons: 'coupons',
      title: t('退回优惠券 {code}', 'Give back coupon {code}'),
      do: t('退回', 'Give back'),
      says: [
        line(
          '退回后这张券可以再用,场内这辆车的应收里不再减。',
          'The coupon can then be used again, and the car inside no longer gets the discount.',
        ),
      ],
    },
  }),
  'coupons.void': plainAct('owner', () => ({ code }), {
    words: t('作废优惠券', 'Coupon void'),
    command: 'coupons void',
    form: {
      reasons: 'coupons',
      title: t('作废优惠券 {code}', 'Void coupon {code}'),
      do: t('作废', 'Void'),
      says: [line('作废后不能再用。', 'Once void, it cannot be used.')],
    },
  }),
  /** For a month, by default this one: what each merchant issued, and the discounts by its coupons. */
  'merchants.list': read(
    'books',
    () =>
      z.strictObject({
        month: z
          .string()
          .regex(/^20\d{2}-(0[1-9]|1[0-2])$/)
          .optional(),
      }),
    reply<MerchantsView>(),
    { rest: 'folder', command: 'coupons merchants' },
  ),
  /** From now on; null: no limit. */
  'merchants.limit': plainAct(
    'owner',
    () => ({
      merchant: said(40),
      dayCount: most,
      monthCount: most,
      dayFen: mostFen,
      monthFen: mostFen,
    }),
    {
      words: t('商户限额', 'Limit of a merchant'),
      command: 'coupons limit',
      flags: { dayFen: 'day-fen', monthFen: 'month-fen' },
      form: {
        reasons: 'coupons',
        usual: 0,
        title: t('商户限额', 'Merchant limits'),
        do: t('保存限额', 'Save the limits'),
        fields: {
          merchant: { label: t('商户', 'Merchant') },
          dayCount: { label: t('每天最多(张)', 'Per day (coupons)') },
          monthCount: { label: t('每月最多(张)', 'Per month (coupons)') },
          dayFen: { label: t('每天最多(元)', 'Per day (yuan)') },
          monthFen: {
            label: t('每月最多(元)', 'Per month (yuan)'),
            hint: t(
              '空着为不限。限了金额的商户只能发减金额的券:别的券用之前不知道值多少。',
              'Empty means no limit. A merchant with a limit in yuan can issue only amount coupons: the value of others is unknown until they are used.',
            ),
          },
        },
      },
    },
  ),
  'arrears.list': read('books', none, reply<ArrearsListView>(), {
    rest: 'folder',
    command: 'arrears list',
  }),
  /** What a car of this plate left owing, for the desk at which its driver stands. */
  'arrears.find': read(
    'till',
    () => z.strictObject({ plate: z.string().min(1).max(20) }),
    reply<ArrearsListView>(),
    { rest: 'folder', command: 'arrears find' },
  ),
  /** Open lot: a driver who left the space without paying pays at the desk. Exactly the amount due is taken. */
  'arrears.pay': act(
    'till',
    () =>
      z.strictObject({
        orderId: z.string().max(40),
        means: z.enum(deskMeans),
        amountFen: z.int().min(0).max(fenMax).optional(),
        givenFen: z.int().min(0).max(fenMax).optional(),
        ...who,
      }),
    reply<SettleAnswer>(),
    {
      words: t('柜台收取离场未付', 'Unpaid stay paid at the desk'),
      guard: settleGuard,
      command: 'arrears pay',
      usual: { means: 'cash' },
      form: {
        reasons: 'settle',
        title: t('收 {plate} 现金 {amount}', 'Take {amount} in cash from {plate}'),
        do: t('现金收费', 'Take cash'),
        says: [
          line(
            '收款后这次停车结清,门架和平台不再收取。',
            'The stay is settled: neither a gantry nor the platform will charge it.',
          ),
        ],
      },
    },
  ),
  /**
   * Another person looks at the photo of a car whose plate one person typed, or whose space read no colour, and says what it
   * shows: then its card may be charged (7.2.5, 8.1.2.6 c).
   */
  'arrears.confirm': plainAct(
    'till',
    () => ({
      stayId: z.string().min(1).max(40),
      plate: z.string().min(1).max(20),
      colour: z.enum(seenColours),
    }),
    {
      words: t('照片核对车牌', 'Plate confirmed by its photo'),
      command: 'arrears confirm',
      form: {
        reasons: 'record',
        usual: 0,
        title: t('按照片核对停车 {stay} 的车牌', 'Confirm the plate of stay {stay} by its photo'),
        do: t('核对', 'Confirm'),
        says: [
          line(
            '看照片,填照片上的车牌和颜色。和记下的一致,门架读到这辆车时就会扣费;不一致则不扣,仍是欠费。要由输入车牌以外的人来看。',
            'Look at the photo and enter the plate and colour that it shows. If they agree with what was recorded, a gantry that reads this car charges it; if not, nothing is charged and the amount stays arrears. Another person than the one who typed the plate has to look.',
          ),
        ],
        fields: {
          plate: { label: t('照片上的车牌', 'Plate in the photo') },
          colour: { label: t('照片上的颜色', 'Colour in the photo'), choices: plateColourWords },
        },
      },
    },
  ),
  'arrears.waive': plainAct('owner', () => ({ orderId: z.string().max(40) }), {
    words: t('免除欠费', 'Arrears waived'),
    guard: 'pin',
    command: 'arrears waive',
    form: {
      reasons: 'coupons',
      title: t('免除 {plate} 的欠费 {amount}', 'Waive {amount} owed by {plate}'),
      do: t('免除', 'Waive'),
      says: [line('免除后下次出场不再收取。', 'It will not be collected at the next exit.')],
    },
  }),
} as const
