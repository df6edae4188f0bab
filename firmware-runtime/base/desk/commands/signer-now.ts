// The signer of what a command writes: a person's key and its certificate, at the time of this computer.
// A certificate that is not valid at that time signs nothing.
import { t } from '../../pure/words/fault-text.ts'
import { systemWallClock } from '../../time/system-clocks.ts'
import { openGmCrypto } from '../../crypto/gm-crypto.ts'
import { profileSigner } from '../../crypto/profile-signer.ts'
import { LaneFault } from '../../pure/faults/faults.ts'
import { readText } from '../../process/read-file.ts'

export interface SignerFiles {
  readonly key: string
  readonly cert: string
}

/** Signs with the time of this computer. Throws CERT-01 when the certificate is not valid at that time. */
export function signerNow(
  { key, cert }: SignerFiles,
  certificateText: (file: string) => string = readText,
) {
  const { certificate, opened, sign } = profileSigner(
    { file: key, pem: readText(key) },
    { file: cert, pem: certificateText(cert) },
    openGmCrypto(),
  )
  const signedAtMs = systemWallClock().nowMs()
  if (signedAtMs < opened.notBeforeMs || signedAtMs > opened.notAfterMs)
    throw new LaneFault('CERT-01', {
      file: cert,
      note: t('不在有效期内', 'not valid at this time'),
    })
  return { certificate, opened, sign, signedAtMs }
}
