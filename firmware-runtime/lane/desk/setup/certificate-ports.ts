// The lot's own certificate in its folder, as the set-up sees it.
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { JoiningView } from '../../calls/setup-views.ts'
import type { JoinedPlatform } from './channel-file.ts'

export interface CertificatePorts {
  view(platform: JoinedPlatform | null, nowMs: InstantMs): JoiningView
  /** Throws CERT-06. */
  request(
    step: 'csr' | 'rotate',
    subject: { readonly organisation: string; readonly commonName: string },
    isAnew: boolean,
    platform: JoinedPlatform | null,
  ): void
  /** Throws CERT-06, FILE-01. */
  exportTo(folder: string, name: string): string
  /** Throws CERT-01, CERT-04, CERT-05, LOT-05, FILE-01; nothing was changed. */
  take(
    from: string,
    platform: JoinedPlatform | null,
    isLive: boolean,
    nowMs: InstantMs,
  ): { readonly certDir: string; readonly caFile: string | null }
  /** The channel file beside the certificates; null: none. */
  channelOf(from: string): string | null
}
