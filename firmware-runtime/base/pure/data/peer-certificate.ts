// The TLS certificate of a platform's server as the client verified it. Each new one becomes an event row of the ledger, so
// that it can be stated later under which certificate a platform answered.
import type { ChannelName } from '../lot/destination-members.ts'

/** Type of the event rows. */
export const peerEvent = 'peerCertificate'

export interface PeerCertificate {
  /** SHA-256 of its DER, 64 upper-case hex. */
  readonly fingerprint: string
  /** Common names, cleaned and bounded; empty where the certificate has none. */
  readonly subject: string
  readonly issuer: string
  /** Empty where the certificate states no readable time. */
  readonly notAfterIso: string
}

export interface ChannelPeer extends PeerCertificate {
  readonly channel: ChannelName
  /** Host and port of the address that was connected. */
  readonly host: string
}
