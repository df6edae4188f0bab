// The amount that may be taken for a waiting car: the amount due, or one named by a person when there is no price; and
// the change of cash. Each refusal states the amount, and nothing is booked.
import type { ArgsOf } from '#runtime/api/table.ts'
import type { Car } from '#lane/pure/lane.ts'
import { cashOf } from '../../pure/values/cash.ts'
import { t } from '../../pure/words/fault-text.ts'
import { LaneFault } from '../../pure/faults/faults.ts'
import { fenText, type Fen } from '../../pure/values/fen.ts'
import { takesOf } from '../../pure/values/payment-means.ts'

/**
 * Exactly the amount due is paid: another amount would have to be booked as an adjustment. A car without an order has
 * no price yet, so a person sets it.
 */
export function checkAmount({ means, amountFen }: ArgsOf<'lane.settle'>, car: Car): void {
  if (car.orderId === null) mustNameAmount(means, amountFen, car)
  if (takesOf(means) === 'arrears' && amountFen !== undefined) mustTakeMoney(amountFen)
  if (takesOf(means) !== 'amount') return
  mustTakeMoney(amountFen ?? car.dueFen)
  if (car.orderId !== null) mustBeDue({ means, amountFen }, car.dueFen)
}

/** Where money is taken, a named amount is the amount due. */
export function mustBeDue(
  { means, amountFen }: { readonly means: string; readonly amountFen?: Fen | undefined },
  dueFen: Fen,
): void {
  if (takesOf(means) !== 'amount' || amountFen === undefined || amountFen === dueFen) return
  throw new LaneFault('LANE-02', {
    field: '/amountFen',
    value: String(amountFen),
    note: t(
      `应收 ${fenText(dueFen)},不能收别的金额`,
      `the amount due is ${dueFen} fen; no other amount can be taken`,
    ),
  })
}

/** An amount of 0 means free of charge, which has its own means and needs the own PIN. */
function mustTakeMoney(amountFen: Fen): void {
  if (amountFen > 0) return
  throw new LaneFault('LANE-02', {
    field: '/amountFen',
    value: String(amountFen),
    note: t(
      '收 0 元就是免收,请选"免收"',
      'taking 0 yuan means free of charge: choose the means for that instead',
    ),
  })
}

/** The change for the cash given; null: the amount given was not named. */
export function changeOf({
  means,
  amountFen,
  givenFen,
}: {
  readonly means: string
  readonly amountFen: Fen
  readonly givenFen?: Fen | undefined
}): Fen | null {
  if (givenFen === undefined) return null
  const at = { field: '/givenFen', value: String(givenFen) }
  if (means !== 'cash')
    throw new LaneFault('LANE-02', {
      ...at,
      note: t('只有现金有实收', 'only cash has an amount given'),
    })
  const cash = cashOf(amountFen, givenFen)
  if (cash.kind === 'short')
    throw new LaneFault('CASH-01', {
      ...at,
      note: t(`还差 ${fenText(cash.missingFen)}`, `${cash.missingFen} fen are still missing`),
    })
  if (cash.kind === 'noteTooMany')
    throw new LaneFault('CASH-02', {
      ...at,
      note: t(`找零将达 ${fenText(cash.changeFen)}`, `the change would be ${cash.changeFen} fen`),
    })
  return cash.changeFen
}

/** A car without an order has no price: without an amount it would leave as one that owes 0.00. */
function mustNameAmount(means: string, amountFen: number | undefined, { clock }: Car): void {
  if (
    takesOf(means) === 'nothing' ||
    amountFen !== undefined ||
    (clock?.suggestFen ?? null) !== null
  )
    return
  const why =
    clock === null
      ? t('这辆车没有价格,须填金额', 'this car has no price, so enter the amount')
      : t(
          '时钟有疑问,不能计价,须填金额',
          'the clock is in doubt and the stay cannot be priced, so enter the amount',
        )
  throw new LaneFault('LANE-02', { field: '/amountFen', value: '', note: why })
}
