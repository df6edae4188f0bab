// Progress of the certificates that a lot exchanges with its platform (clause 9.1 a, P1, P25): the present step and the
// next one. Reads no file.
import type { JoiningView } from '../../calls/setup-views.ts'
import { certificateState } from '#base/pure/data/credentials.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'

interface JoiningFacts {
  /** A key and its request wait for their certificate. */
  readonly isRequested: boolean
  /** The certificate with which the lot signs; null: none. */
  readonly client: { readonly notBeforeMs: InstantMs; readonly notAfterMs: InstantMs } | null
  /** The channel number and the address of a platform are known. */
  readonly hasChannel: boolean
}

type Step = Pick<JoiningView, 'state' | 'next'>

export function joiningStep(
  { isRequested, client, hasChannel }: JoiningFacts,
  nowMs: InstantMs,
): Step {
  if (client === null)
    return isRequested ? { state: 'requested', next: 'import' } : { state: 'none', next: 'csr' }
  if (isRequested) return { state: 'renewing', next: 'import' }
  const own = certificateState(client, nowMs)
  if (own === 'bad') return { state: 'ended', next: 'rotate' }
  if (!hasChannel) return { state: 'certified', next: 'join' }
  return own === 'soon' ? { state: 'ending', next: 'rotate' } : { state: 'joined', next: null }
}

/** CERT-06 for a first request of a lot with a certificate, and for a replacement without one. */
export function mayRequest(step: 'csr' | 'rotate', hasClient: boolean): void {
  if (step === 'csr' && hasClient)
    throw new LaneFault('CERT-06', {
      value: step,
      note: t(
        '已有在用的证书,换发用 rotate',
        'there is already a certificate in use; use rotate to request the next one',
      ),
    })
  if (step === 'rotate' && !hasClient)
    throw new LaneFault('CERT-06', {
      value: step,
      note: t(
        '还没有证书,首次申请用 csr',
        'there is no certificate yet; use csr to request the first one',
      ),
    })
}
