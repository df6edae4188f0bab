// The keys of a lot at its centre: made here, sealed to this machine, and certified by the centre (docs/centre.md).
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  X509Certificate,
} from 'node:crypto'
import { join } from 'node:path'
import { digestOfHex, lowerHex, pairingDigits } from '../pure/centre/row-feed.ts'
import { orIfFault } from '#base/pure/faults/on-fault.ts'
import { bytesOfHex } from '#base/pure/data/bytes.ts'
import { isObject, parsed } from '#base/pure/data/json.ts'
import { present } from '#base/pure/values/must.ts'
import type {
  CentreKeys,
  CentreShelf,
  Joined,
  KeptJoin,
  KeptPairing,
} from '../ports/centre-keys.ts'
import type { VerifyingKey } from '#base/ports/crypto.ts'
import { certificateName, readCertificate } from '#base/crypto/certs.ts'
import { certificateRequest, pemText, requestOf } from '#base/crypto/certificate-request.ts'
import { der, derTag } from '#base/crypto/der.ts'
import type { GmCrypto } from '#base/crypto/gm-crypto.ts'
import { pemBlocks } from '#base/crypto/pem.ts'
import { equalBytes } from '#base/crypto/sm4.ts'
import { machineSecret, readSealed, writeSealed } from '#base/secrets/machine-seal.ts'
import { removePath } from '#base/files/held-path.ts'

/** ecdsa-with-SHA256, 1.2.840.10045.4.3.2 (RFC 5758 3.2). */
const ecdsaWithSha256 = present(bytesOfHex('2A8648CE3D040302'), 'an object id is whole hex')
const organisation = 'etc-lane lot'
const requestLabel = 'CERTIFICATE REQUEST'

const derOf = (pem: string, label: string): Uint8Array | null => pemBlocks(pem, label)[0] ?? null
const requestDer = (pem: string): Uint8Array =>
  present(derOf(pem, requestLabel), 'the lot made this request itself')

function freshKeys(url: string, lotId: string, crypto: GmCrypto): KeptPairing {
  const subject = { organisation, commonName: lotId }
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const tlsRequest = requestOf(
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(derTag.sequence, der(derTag.objectId, ecdsaWithSha256)),
    (info) => sign('sha256', info, privateKey),
  )
  const pair = crypto.keyPair()
  const signRequest = certificateRequest(subject, pair.publicKey, crypto.signingKey(pair, ''))
  return {
    url,
    tlsKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    signKey: lowerHex(pair.privateKey),
    tlsRequest: pemText(requestLabel, tlsRequest),
    signRequest: pemText(requestLabel, signRequest),
    secret: lowerHex(randomBytes(32)),
    opened: null,
    end: null,
  }
}

/** A certificate of the authority for this lot; null: it is another's, or none at all. */
function issuedBy(
  authority: X509Certificate,
  certificate: string | Uint8Array,
  lotId: string,
): X509Certificate | null {
  const found = new X509Certificate(certificate)
  const isOurs = certificateName(found.raw) === lotId
  return isOurs && found.verify(authority.publicKey) ? found : null
}

/** The key that a batch of the lot was signed with; null: the certificate is not that authority's for this lot. */
export function batchKeyOf(
  { authority }: Pick<KeptJoin, 'authority'>,
  lotId: string,
  { certificate, serial }: { readonly certificate: Uint8Array; readonly serial: string },
  crypto: GmCrypto,
): VerifyingKey | null {
  try {
    const signing = issuedBy(new X509Certificate(authority), certificate, lotId)
    if (signing === null) return null
    const { publicKey, certSerial } = readCertificate(signing.raw, 'sign.pem')
    return certSerial === serial ? crypto.verifyingKey(publicKey, certSerial) : null
  } catch {
    // Bytes of another party: what cannot be read proves nothing.
    return null
  }
}

/** Null when they do not fit. */
function joinOf(kept: KeptJoin, lotId: string, crypto: GmCrypto): Joined | null {
  try {
    const authority = new X509Certificate(kept.authority)
    const tls = issuedBy(authority, kept.tlsCertificate, lotId)
    const signing = issuedBy(authority, kept.signCertificate, lotId)
    const tlsKey = createPublicKey(createPrivateKey(kept.tlsKey))
    if (tls === null || signing === null || !tls.publicKey.equals(tlsKey)) return null
    const { publicKey, certSerial, notAfterMs } = readCertificate(signing.raw, 'sign.pem')
    const privateKey = present(bytesOfHex(kept.signKey), 'the lot made this key itself')
    if (!equalBytes(crypto.publicKeyOf(privateKey), publicKey)) return null
    const signer = crypto.signingKey({ privateKey, publicKey }, certSerial)
    return { kept, signer, untilMs: Math.min(notAfterMs, Date.parse(tls.validTo)) }
  } catch {
    // Text of another party: what cannot be read does not fit.
    return null
  }
}

export const centreKeys = (crypto: GmCrypto): CentreKeys => ({
  fresh: (url, lotId) => freshKeys(url, lotId, crypto),
  digits({ tlsRequest, signRequest, secret }, lotId, challenge, authority) {
    const [own, theirs] = [digestOfHex(secret), digestOfHex(challenge)]
    const certificate = derOf(authority, 'CERTIFICATE')
    if (own === null || theirs === null || certificate === null) return null
    return pairingDigits(
      {
        lotId,
        tlsRequest: requestDer(tlsRequest),
        signRequest: requestDer(signRequest),
        authority: certificate,
        secret: own,
        challenge: theirs,
      },
      crypto.sm3,
    )
  },
  join: ({ url, tlsKey, signKey, opened }, lotId, tlsCertificate, signCertificate) =>
    opened === null
      ? null
      : joinOf(
          { url, authority: opened.authority, tlsKey, tlsCertificate, signKey, signCertificate },
          lotId,
          crypto,
        ),
})

const names = { pairing: 'pairing.sealed', joined: 'joined.sealed' } as const
type Shelved = keyof typeof names
const purposeOf = (which: Shelved): string => `centre ${which}`

/** The files of `keys/centre` in a data folder. Each is written whole, so keys and certificates change together. */
export function centreShelf(dir: string, lotId: string, crypto: GmCrypto): CentreShelf {
  const secret = machineSecret()
  const fileOf = (which: Shelved): string => join(dir, 'keys', 'centre', names[which])
  /** One that was sealed on another machine counts as none: that machine asks for its own. */
  const read = (which: Shelved): unknown => {
    const bytes = orIfFault(() => readSealed(fileOf(which), purposeOf(which), secret), null)
    const found = bytes === null ? null : parsed(new TextDecoder().decode(bytes))
    return isObject(found) ? found : null
  }
  const write = (which: Shelved, value: object): void => {
    const plain = new TextEncoder().encode(JSON.stringify(value))
    writeSealed(fileOf(which), plain, purposeOf(which), secret)
  }
  return {
    pairing: () => read('pairing') as KeptPairing | null,
    joined() {
      const kept = read('joined') as KeptJoin | null
      return kept === null ? null : joinOf(kept, lotId, crypto)
    },
    keepPairing: (pairing) => write('pairing', pairing),
    keepJoined(kept) {
      write('joined', kept)
      removePath(fileOf('pairing'), { force: true })
    },
  }
}
