// Batches of coupons: an existing batch gets the coupons that it lacks.
import { readCouponsCsv } from '#money/pure/member/coupon-csv.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import { present } from '#base/pure/values/must.ts'
import { defineImporter } from './importer.ts'

export const coupons = defineImporter({
  bad: 'COUPON-11',
  moved: {
    code: 'COUPON-11',
    note: t('看过之后优惠券有变动', 'the coupons have changed since you looked at them'),
  },
  restored: (codes: readonly string[], { lot, nowMs }) =>
    codes.flatMap((code) => {
      const held = lot.coupons.byCode.get(code)
      const isFree = held !== undefined && !held.isVoid && held.stayId === null
      return isFree ? [{ kind: 'coupon', atMs: nowMs, body: { row: 'voided', code } }] : []
    }),
  read(text, { lot, nowMs, couponCodes }) {
    const diff = readCouponsCsv(text, lot.coupons, nowMs)
    return {
      diff,
      basis: canonicalJson(diff),
      rows() {
        const each = diff.added.flatMap(({ count, ...coupon }) =>
          Array.from({ length: count }, () => coupon),
        )
        const codes = couponCodes(each.length)
        return each.map((coupon, n) => {
          const code = present(codes[n], 'a code for each')
          return {
            kind: 'coupon',
            atMs: nowMs,
            body: { row: 'issued', coupon: { ...coupon, code } },
          }
        })
      },
    }
  },
})
