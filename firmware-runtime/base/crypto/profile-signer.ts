// SM2 for signatures of profiles: signs with a key and its certificate, and opens the certificate in a signature.
// Content and trust are decided in devices/profiles/signature.ts.
import { t } from '../pure/words/fault-text.ts'
import { hexOf } from '../pure/data/bytes.ts'
import { LaneFault } from '../pure/faults/faults.ts'
import { orIfFault } from '../pure/faults/on-fault.ts'
import type { SignerCertificate } from '../pure/data/signed.ts'
import { certificateName, certificatesInPem, readCertificate, readPrivateKey } from './certs.ts'
import type { GmCrypto } from './gm-crypto.ts'
import { equalBytes } from './sm4.ts'

export const fingerprintOf = (der: Uint8Array, crypto: GmCrypto): string => hexOf(crypto.sm3(der))

/** Null for bytes that are not a certificate with an SM2 key; they may come from any file. */
export const openCertificate = (der: Uint8Array, crypto: GmCrypto): SignerCertificate | null =>
  orIfFault(() => {
    const { certSerial, publicKey, notBeforeMs, notAfterMs } = readCertificate(der, '')
    const key = crypto.verifyingKey(publicKey, certSerial)
    return {
      by: certificateName(der) || certSerial,
      certSerial,
      fingerprint: fingerprintOf(der, crypto),
      notBeforeMs,
      notAfterMs,
      verify: (message, signature) => key.verify(message, signature),
    }
  }, null)

interface ProfileSigner {
  readonly certificate: Uint8Array
  readonly opened: SignerCertificate
  sign(message: Uint8Array): Uint8Array
}

/** Throws CERT-01 or CRYPTO-02 with the wrong file. */
export function profileSigner(
  key: { readonly file: string; readonly pem: string },
  cert: { readonly file: string; readonly pem: string },
  crypto: GmCrypto,
): ProfileSigner {
  const [certificate] = certificatesInPem(cert.pem)
  const privateKey = readPrivateKey(key.pem, key.file, crypto)
  const publicKey = crypto.publicKeyOf(privateKey)
  if (certificate === undefined)
    throw new LaneFault('CERT-01', {
      file: cert.file,
      note: t('里面没有证书', 'no certificate inside'),
    })
  const read = readCertificate(certificate, cert.file)
  const opened = openCertificate(certificate, crypto)
  if (opened === null || !equalBytes(read.publicKey, publicKey))
    throw new LaneFault('CERT-01', {
      file: key.file,
      note: t('密钥与证书不成对', 'key and certificate differ'),
    })
  const signing = crypto.signingKey({ privateKey, publicKey }, read.certSerial)
  return { certificate, opened, sign: (message) => signing.sign(message) }
}
