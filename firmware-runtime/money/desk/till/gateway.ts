// The payment gateway of a lot: keys from the sealed secrets, client over HTTPS.
// When a key or certificate is missing, the lanes run without a gateway and the fault is reported.
import { systemRandom, systemWallClock } from '#base/time/system-clocks.ts'
import { platformClient } from '#ledger/http/platform-client.ts'
import type { NoticeTaker } from '#devices/intake/pay-notice.ts'
import { noticeJudge } from '#base/crypto/notice.ts'
import { paymentClient } from '../../pay/payment-client.ts'
import { payKeysOf } from '#base/crypto/signing.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { standardPayTimes, type PayTimes } from '../../pure/pay/times.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { HttpClient } from '#base/ports/http-client.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import type { PayGateway } from '../../ports/payment.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'

interface GatewayLink {
  readonly gateway: PayGateway | null
  /** Judges notifications of the gateway; null without a gateway. */
  readonly judge: ReturnType<typeof noticeJudge> | null
  /** Why the configured gateway is not open; null without a fault. */
  readonly fault: LaneFault | null
  close(): Promise<void>
}

interface GatewayOptions {
  readonly config: Pick<LotConfig, 'gateway'>
  readonly mono: MonoClock
  /** Absent: those of the payment port. */
  readonly payTimes?: PayTimes
  /** A test stands between the client and the gateway. */
  readonly taps?: { payHttp?(client: HttpClient): HttpClient } | undefined
}

const none: GatewayLink = {
  gateway: null,
  judge: null,
  fault: null,
  close: () => Promise.resolve(),
}

/** `secretOf`: a sealed secret by its name, null when it is not set. */
export function openGateway(
  options: GatewayOptions,
  secretOf: (name: string) => string | null,
): GatewayLink {
  const { config, mono, taps, payTimes: times = standardPayTimes } = options
  if (config.gateway === undefined) return none
  const { url, caFile, merchantNo, secret } = config.gateway
  try {
    const clock = systemWallClock()
    const keys = payKeysOf(secretOf(secret) ?? '', secret)
    const client = platformClient({ baseUrl: url, caFile, mono })
    const http: HttpClient = taps?.payHttp?.(client) ?? client
    const payment = paymentClient({
      http,
      keys,
      merchantNo,
      clock,
      random: systemRandom(),
      answerMs: times.chargeAnswerMs,
    })
    return {
      gateway: { payment, merchantNo, times },
      judge: noticeJudge(keys, clock),
      fault: null,
      close: () => client.close(),
    }
  } catch (error) {
    if (!(error instanceof LaneFault)) throw error
    return { ...none, fault: error }
  }
}

/** A refused notification is reported; the same reason at most once in this time. */
const reportEachUs = 60_000_000

/** A valid notification starts a query of its attempt at once; its other content is ignored. */
export function noticeTaker(
  judge: GatewayLink['judge'],
  lot: Pick<LotRuntime, 'payments' | 'trace'>,
  mono: MonoClock,
): NoticeTaker | null {
  if (judge === null) return null
  const reportedUs = new Map<string, number>()
  return (notice) => {
    const judged = judge(notice)
    if (judged.kind === 'taken') {
      lot.payments?.notified(judged.attemptNo)
      return true
    }
    const { reason } = judged
    if (mono.nowUs() - (reportedUs.get(reason) ?? -reportEachUs) >= reportEachUs) {
      reportedUs.set(reason, mono.nowUs())
      lot.trace('', null, 'fault', `PAY-08 ${reason}`)
    }
    return false
  }
}
