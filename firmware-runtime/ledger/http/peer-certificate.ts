// The certificate of the server at the other end of a TLS connection. Its names are text of another party: they are cleaned
// and bounded before anything keeps them.
import { createHash } from 'node:crypto'
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { isoOf } from '#base/pure/values/instant.ts'
import type { PeerCertificate } from '#base/pure/data/peer-certificate.ts'
import { visible } from '#base/pure/words/visible-text.ts'

/** Longest common name by X.520 (ub-common-name). */
const nameMax = 64

/** A name may be repeated in a certificate: the first one counts. */
function nameOf(name: string | readonly string[] | undefined): string {
  const text = typeof name === 'string' ? name : (name?.[0] ?? '')
  return [...visible(text)].slice(0, nameMax).join('')
}

/**
 * Null without TLS, and for a resumed session: only the server that proved its certificate when the session began can
 * resume it.
 */
export function peerCertificateOf(socket: Socket): PeerCertificate | null {
  if (!(socket instanceof TLSSocket)) return null
  const { raw, subject, issuer, valid_to: notAfter } = socket.getPeerCertificate()
  if (raw === undefined) return null
  const notAfterMs = Date.parse(notAfter)
  return {
    fingerprint: createHash('sha256').update(raw).digest('hex').toUpperCase(),
    subject: nameOf(subject?.CN),
    issuer: nameOf(issuer?.CN),
    notAfterIso: Number.isNaN(notAfterMs) ? '' : isoOf(notAfterMs),
  }
}
