// `etc-lane pay`: tests a payment gateway before a lane uses it, with a real code over a real amount; shows the
// payments of a stay and refunds them; prints the OpenAPI document of the protocol. Rules P1 to P6 apply as in a lane.
import { t } from '#base/pure/words/fault-text.ts'
import { systemMonoClock, systemRandom, systemWallClock } from '#base/time/system-clocks.ts'
import { platformClient } from '#ledger/http/platform-client.ts'
import { paymentOpenApi } from '../../pay/openapi.ts'
import { paymentClient } from '../../pay/payment-client.ts'
import { readPayKeys } from '#base/crypto/signing.ts'
import { PayRunner, type PayNotice } from '../../receipts/pay-runner.ts'
import { emptyOrder, isSettled, refundableFen } from '../../pure/pay/order.ts'
import { standardPayTimes } from '../../pure/pay/times.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { Payment, PaymentCapabilities } from '../../ports/payment.ts'
import { act, commandOf } from '#base/desk/commands/acts.ts'
import { needed, within, type CliIo, wrongFlag } from '#base/commands/command.ts'

const orderShape = /^[A-Za-z0-9_-]{5,24}$/

async function capabilitiesOf(payment: Payment, gateway: string): Promise<PaymentCapabilities> {
  const { promise, resolve } =
    Promise.withResolvers<Parameters<Parameters<Payment['capabilities']>[0]>[0]>()
  payment.capabilities(resolve)
  const found = await promise
  if ('kind' in found) throw new LaneFault('PAY-02', { value: gateway, note: found.reason })
  return found
}

interface Trial {
  readonly payment: Payment
  readonly can: PaymentCapabilities
  readonly orderNo: string
  readonly fen: number
  readonly shownMs: number
  /** Who requests the refund and who approves it; null: the money is not refunded. */
  readonly people: { readonly requestedBy: string; readonly approvedBy: string } | null
}

/** Runs until the attempt is decided and its refund is complete. */
async function tryGateway(trial: Trial, io: CliIo): Promise<boolean> {
  const { payment, can, fen, people, shownMs } = trial
  const line = (value: unknown): void => io.stdout(`${JSON.stringify(value)}\n`)
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const runner = new PayRunner(emptyOrder(trial.orderNo, fen), {
    payment,
    mono: systemMonoClock(),
    times: {
      ...standardPayTimes,
      offerShownMs: shownMs,
      offerExpiresMs: Math.max(60_000, shownMs + 30_000),
    },
    merchantNo: can.merchantNo,
    numbersFrom: () => 0,
    queryMsMin: () => can.minQueryMs,
    keep: (rows) => {
      for (const row of rows) line({ event: 'row', ...row })
      return true
    },
    notice: (notice: PayNotice) => {
      const { do: event, ...rest } = notice
      line({ event, ...rest })
    },
    changed(order) {
      const kept = order.attempts.find(({ attemptNo }) => attemptNo === order.paidWith)
      if (kept !== undefined && people !== null && kept.refunds.length === 0) {
        const { attemptNo } = kept
        const amountFen = refundableFen(kept)
        const all = { attemptNo, amountFen, aloneFenMax: 0, ...people }
        runner.feed({ type: 'refundRequested', ...all })
        return
      }
      if (order.attempts.length > 0 && isSettled(order)) resolve(kept !== undefined)
    },
  })
  io.onStop(() => runner.feed({ type: 'stopped' }))
  runner.feed({ type: 'offer' })
  const isPaid = await promise
  runner.stop()
  const [attempt] = runner.order.attempts
  const { state, paidFen, item } = attempt ?? { state: 'failed', paidFen: 0, item: null }
  const refundedFen = paidFen - (attempt === undefined ? 0 : refundableFen(attempt))
  line({ event: 'done', ok: isPaid && item === null, state, paidFen, refundedFen, item })
  return isPaid && item === null
}

const tryAct = act(
  [
    'pay try --gateway URL --ca FILE --keys FILE --merchant NO --order NO [--fen FEN] [--within SEC] [--by NAME --approved-by NAME]',
  ],
  async ({ gateway, ca, keys: keyFile, merchant, order, ...values }, io) => {
    if (!orderShape.test(order))
      throw new LaneFault('ARG-01', { field: '--order', value: order, note: orderShape.source })
    const fen = within(values.fen, 'fen', { fallback: 1, min: 1, max: 10_000 })
    const shownSec = within(values.within, 'within', { fallback: 90, min: 1, max: 3_600 })
    const { by, 'approved-by': approvedBy } = values
    const people =
      by === undefined ? null : { requestedBy: by, approvedBy: needed(approvedBy, 'approved-by') }
    if (people !== null && people.requestedBy === people.approvedBy)
      throw wrongFlag('--approved-by', t('须为另一个人', 'another person'), by ?? '')
    const keys = readPayKeys(keyFile)
    const clock = systemWallClock()
    const http = platformClient({ baseUrl: gateway, caFile: ca, mono: systemMonoClock() })
    const payment = paymentClient({
      http,
      keys,
      merchantNo: merchant,
      clock,
      random: systemRandom(),
      answerMs: standardPayTimes.chargeAnswerMs,
    })
    try {
      const can = await capabilitiesOf(payment, gateway)
      const trial = { payment, can, orderNo: order, fen, shownMs: shownSec * 1000, people }
      return (await tryGateway(trial, io)) ? 0 : 1
    } finally {
      await http.close()
    }
  },
)

const schema = act(['pay schema'], (_values, io) => {
  io.stdout(`${JSON.stringify(paymentOpenApi(), null, 2)}\n`)
  return 0
})

export const payCommand = commandOf('pay', [tryAct, schema])
