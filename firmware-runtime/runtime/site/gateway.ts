// The payment gateway of a lot as it is reached: its keys from the sealed secrets, its client over HTTPS.
// Where a key or a certificate is missing the lanes go on without it, and the reason is told.
import { systemRandom, systemWallClock } from '../../adapters/clocks/system-clocks.ts'
import { platformClient } from '../../adapters/http/platform-client.ts'
import { paymentClient } from '../../adapters/pay/payment-client.ts'
import { payKeysOf } from '../../adapters/pay/signing.ts'
import type { LotConfig } from '../../core/lot/config.ts'
import { standardPayTimes } from '../../core/pay/times.ts'
import { LaneFault } from '../../core/values/faults.ts'
import type { HttpClient } from '../../ports/http-client.ts'
import type { PayGateway } from '../../ports/payment.ts'
import type { SiteOptions } from './site-parts.ts'

interface GatewayLink {
  readonly gateway: PayGateway | null
  /** Why there is none although the lot names one. */
  readonly fault: LaneFault | null
  close(): Promise<void>
}

const none: GatewayLink = { gateway: null, fault: null, close: () => Promise.resolve() }

/** `secretOf`: a sealed secret by its name, null where it is not set. */
export function openGateway(
  options: Pick<SiteOptions, 'mono' | 'payTimes' | 'taps'> & {
    readonly config: Pick<LotConfig, 'gateway'>
  },
  secretOf: (name: string) => string | null,
): GatewayLink {
  const { config, mono, taps, payTimes: times = standardPayTimes } = options
  if (config.gateway === undefined) return none
  const { url, caFile, merchantNo, secret } = config.gateway
  try {
    const keys = payKeysOf(secretOf(secret) ?? '', secret)
    const client = platformClient({ baseUrl: url, caFile, mono })
    const http: HttpClient = taps?.payHttp?.(client) ?? client
    const payment = paymentClient({
      http,
      keys,
      merchantNo,
      clock: systemWallClock(),
      random: systemRandom(),
      answerMs: times.chargeAnswerMs,
    })
    return { gateway: { payment, merchantNo, times }, fault: null, close: () => client.close() }
  } catch (error) {
    if (!(error instanceof LaneFault)) throw error
    return { ...none, fault: error }
  }
}
