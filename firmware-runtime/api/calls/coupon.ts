// Calls about coupons, merchants and arrears: coupons are issued within limits, used once for a car, given to a car,
// and taken back; debts of merchants; unpaid amounts of drivers, which a person ends. Every change of what a car owes
// is an audited act.
import { t } from '../../core/values/fault-text.ts'
import { z } from 'zod'
import { settleGuard } from '../../core/people/guards.ts'
import { deskMeans } from '../../core/values/payment-means.ts'
import { couponKinds } from '../../core/values/rows/coupon-row.ts'
import { fenMax } from '../../core/values/fen.ts'
import type {
  ArrearsListView,
  CouponsDiffView,
  CouponsView,
  MerchantsView,
} from '../coupon-views.ts'
import {
  act,
  laneId,
  none,
  read,
  reply,
  said,
  who,
  type ActAnswer,
  type SettleAnswer,
} from '../rows.ts'

const code = z.string().min(1).max(40)
const plate = z.string().max(32)
const text = z.string().max(400_000)
/** Checked by the handlers, so that each refusal is COUPON-07 and names its field. */
const given = { merchant: said(40), kind: z.enum(couponKinds), value: z.int() }

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
    },
  ),
  /** What a file of batches would issue: an existing batch gets the coupons that it lacks. */
  'coupons.compare': read('owner', () => z.strictObject({ text }), reply<CouponsDiffView>(), {
    rest: 'folder',
  }),
  'coupons.import': act(
    'owner',
    () => z.strictObject({ text, digest: z.string().regex(/^[0-9a-f]{64}$/), ...who }),
    reply<ActAnswer>(),
    { words: t('导入优惠券', 'Coupons imported'), guard: 'pin' },
  ),
  /** Every coupon with its code. */
  'coupons.export': read('owner', none, reply<{ readonly csv: string }>(), { rest: 'folder' }),
  /** Uses a coupon for the car in a lane, or for the car inside with this plate. */
  'coupons.use': act(
    'till',
    () => z.strictObject({ code, laneId: laneId.optional(), plate: plate.optional(), ...who }),
    reply<ActAnswer>(),
    { words: t('使用优惠券', 'Coupon used'), command: 'coupons use' },
  ),
  /** A merchant gives the car inside with this plate a coupon of today. */
  'coupons.validate': act(
    'till',
    () => z.strictObject({ ...given, plate, ...who }),
    reply<ActAnswer>(),
    {
      words: t('商户减免', 'Given by a merchant'),
      guard: 'pin',
      command: 'coupons validate',
      usual: { value: 0 },
    },
  ),
  /**
   * Makes a coupon of a car inside usable again. One that reduced a paid price becomes usable only with a refund of all
   * payments.
   */
  'coupons.giveBack': act('owner', () => z.strictObject({ code, ...who }), reply<ActAnswer>(), {
    words: t('退回优惠券', 'Coupon free again'),
    command: 'coupons give-back',
  }),
  'coupons.void': act('owner', () => z.strictObject({ code, ...who }), reply<ActAnswer>(), {
    words: t('作废优惠券', 'Coupon void'),
    command: 'coupons void',
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
  'merchants.limit': act(
    'owner',
    () =>
      z.strictObject({
        merchant: said(40),
        dayCount: most,
        monthCount: most,
        dayFen: mostFen,
        monthFen: mostFen,
        ...who,
      }),
    reply<ActAnswer>(),
    {
      words: t('商户限额', 'Limit of a merchant'),
      command: 'coupons limit',
      flags: { dayFen: 'day-fen', monthFen: 'month-fen' },
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
    },
  ),
  'arrears.waive': act(
    'owner',
    () => z.strictObject({ orderId: z.string().max(40), ...who }),
    reply<ActAnswer>(),
    { words: t('免除欠费', 'Arrears waived'), guard: 'pin', command: 'arrears waive' },
  ),
} as const
