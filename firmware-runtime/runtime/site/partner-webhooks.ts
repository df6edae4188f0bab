// The webhooks of the partners of a lot.
import type { InvoiceBooks } from '#money/desk/partners/partner-invoices.ts'
import { partnerFeed } from '#money/desk/partners/partner-feed.ts'
import { partnerPorts, type PartnersLot } from '#money/desk/partners/partner-ports.ts'
import { WebhookSender, type SenderLot } from '#money/desk/partners/webhook-sender.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import type { MonoClock, WallClock } from '#base/ports/clocks.ts'
import type { SigningKey } from '#base/ports/crypto.ts'
import { readCertificateText } from '#base/process/read-file.ts'

interface WebhookParts {
  readonly config: LotConfig
  readonly mono: MonoClock
  readonly lot: PartnersLot & SenderLot
  readonly own: SigningKey
  readonly clock: WallClock
  readonly books: () => InvoiceBooks | null
}

/** What starts each, once the ledger can be read off the lanes' thread; a start returns what closes it. */
export type Webhooks = readonly (() => () => Promise<void>)[]

/** Throws CERT-01, FILE-01 for a root certificate that cannot be read. */
export async function webhooksOf(parts: WebhookParts): Promise<Webhooks> {
  const { config, mono, lot, own, clock, books } = parts
  const { lotId: appId, published } = config
  const joined = published?.partners.filter(({ webhook }) => webhook !== undefined) ?? []
  if (joined.length === 0) return []
  const { partnerWebhook } = await import('#money/partners/webhook.ts')
  return joined.flatMap(({ id: partnerId, rights, webhook: { url = '', caFile } = {} }) => {
    const ports = partnerPorts(lot, config, partnerId, books)
    const orders = rights.includes('orders') ? lot.partners.newsOf(partnerId) : null
    const feed = partnerFeed(lot, { ...ports, orders }, rights, () => books()?.service ?? null)
    if (feed === null) return []
    const ca = caFile === undefined ? null : readCertificateText(caFile)
    const webhook = partnerWebhook({ url, ca, appId, own, clock })
    return [
      () => {
        const sender = new WebhookSender({ partnerId, feed, webhook, mono, lot })
        return async () => {
          sender.stop()
          await webhook.close()
        }
      },
    ]
  })
}
