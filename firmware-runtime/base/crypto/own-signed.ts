// A certificate that is signed by its own key (RFC 5280), for partners that hold a copy of it and trust nothing else.
import type { InstantMs } from '../pure/values/instant.ts'
import { bytesOfHex } from '../pure/data/bytes.ts'
import { present } from '../pure/values/must.ts'
import type { SigningKey } from '../ports/crypto.ts'
import { spkiOf } from './accelerator.ts'
import { algorithmOf, nameOf, type RequestSubject } from './certificate-request.ts'
import { der, derInteger, derTag } from './der.ts'

const extensionsTag = 0xa3
/** Basic constraints, critical and empty: the key signs no certificates. */
const noAuthority = der(
  derTag.sequence,
  der(derTag.objectId, Uint8Array.of(0x55, 0x1d, 0x13)),
  der(derTag.boolean, Uint8Array.of(0xff)),
  der(derTag.octetString, der(derTag.sequence)),
)

/** `YYYYMMDDHHMMSSZ`, and for years before 2050 without the century. */
function timeOf(atMs: InstantMs): Uint8Array {
  const digits = new Date(atMs).toISOString().replaceAll(/[-:T]|\.\d+/g, '')
  const isShort = digits < '2050'
  const text = isShort ? digits.slice(2) : digits
  return der(isShort ? derTag.utcTime : derTag.generalizedTime, new TextEncoder().encode(text))
}

interface OwnSigned {
  readonly subject: RequestSubject
  /** 65 bytes of SM2. */
  readonly publicKey: Uint8Array
  readonly key: SigningKey
  readonly fromMs: InstantMs
  readonly toMs: InstantMs
}

/** DER, with the serial number that `key` names. */
export function ownSignedCertificate({ subject, publicKey, key, fromMs, toMs }: OwnSigned) {
  const serial = present(bytesOfHex(key.certSerial), 'a serial number is whole hex')
  const tbs = der(
    derTag.sequence,
    der(derTag.context0, derInteger(Uint8Array.of(2))),
    derInteger(serial),
    algorithmOf[key.suite],
    nameOf(subject),
    der(derTag.sequence, timeOf(fromMs), timeOf(toMs)),
    nameOf(subject),
    spkiOf(publicKey),
    der(extensionsTag, der(derTag.sequence, noAuthority)),
  )
  const signature = der(derTag.bitString, Uint8Array.of(0), key.sign(tbs))
  return der(derTag.sequence, tbs, algorithmOf[key.suite], signature)
}
