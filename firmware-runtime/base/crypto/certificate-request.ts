// A certificate request as PKCS#10 (RFC 2986): subject, public key, and a signature by that key (P1).
// Without attributes; texts are UTF8String, the signature is the suite's: SM2-with-SM3, or SHA-256 with RSA.
import type { SuiteName } from '../pure/data/suite.ts'
import type { SigningKey } from '../ports/crypto.ts'
import { spkiOf } from './accelerator.ts'
import { bytesOfHex } from '../pure/data/bytes.ts'
import { present } from '../pure/values/must.ts'
import { der, derTag, derInteger } from './der.ts'

export interface RequestSubject {
  readonly organisation: string
  readonly commonName: string
}

/** organizationName 2.5.4.10 and commonName 2.5.4.3 (RFC 5280 A.1). */
const nameOids = { organisation: [0x55, 4, 10], commonName: [0x55, 4, 3] } as const
/** SM2-with-SM3, 1.2.156.10197.1.501 (platform-access.md B.3). */
const sm2WithSm3 = present(bytesOfHex('2A811CCF55018375'), 'an object id is whole hex')

/** sha256WithRSAEncryption, 1.2.840.113549.1.1.11, which has a NULL (RFC 4055 5). */
const sha256WithRsa = present(bytesOfHex('2A864886F70D01010B'), 'an object id is whole hex')
const none = Uint8Array.of(5, 0)

export const algorithmOf: Readonly<Record<SuiteName, Uint8Array>> = {
  GM: der(derTag.sequence, der(derTag.objectId, sm2WithSm3)),
  RSA_AES: der(derTag.sequence, der(derTag.objectId, sha256WithRsa), none),
}

export const nameOf = (subject: RequestSubject): Uint8Array =>
  der(
    derTag.sequence,
    ...(['organisation', 'commonName'] as const).map((type) =>
      der(
        derTag.set,
        der(
          derTag.sequence,
          der(derTag.objectId, Uint8Array.from(nameOids[type])),
          der(derTag.utf8String, new TextEncoder().encode(subject[type])),
        ),
      ),
    ),
  )

/** DER. `key` signs with the private half of `publicKey`: 65 bytes of SM2, or SubjectPublicKeyInfo of RSA. */
export const certificateRequest = (
  subject: RequestSubject,
  publicKey: Uint8Array,
  key: Pick<SigningKey, 'sign' | 'suite'>,
): Uint8Array =>
  requestOf(
    subject,
    key.suite === 'GM' ? spkiOf(publicKey) : publicKey,
    algorithmOf[key.suite],
    (info) => key.sign(info),
  )

/** The same for any key: its SubjectPublicKeyInfo, and the AlgorithmIdentifier of its signatures. */
export function requestOf(
  subject: RequestSubject,
  publicKey: Uint8Array,
  algorithm: Uint8Array,
  sign: (info: Uint8Array) => Uint8Array,
): Uint8Array {
  const info = der(
    derTag.sequence,
    derInteger(Uint8Array.of(0)),
    nameOf(subject),
    publicKey,
    der(derTag.context0),
  )
  const signature = der(derTag.bitString, Uint8Array.of(0), sign(info))
  return der(derTag.sequence, info, algorithm, signature)
}

/** Base64 in lines of 64 between its marks (RFC 7468). */
export function pemText(label: string, bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}
