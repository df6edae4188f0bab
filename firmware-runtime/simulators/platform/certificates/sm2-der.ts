// SM2 keys as DER and PEM (OIDs of B.3). Their layout is fixed, so it is written out,
// and read back strictly: a key file here was written by this program.
import { must } from '#base/pure/values/must.ts'

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'))

/** ECPrivateKey of RFC 5915 with the public key, in PKCS#8. Fixed layout: every length is known. */
export const pkcs8OfSm2 = (privateHex: string, publicHex: string): Uint8Array =>
  bytesOf(
    '308187020100301306072a8648ce3d020106082a811ccf5501822d046d306b0201010420' +
      `${privateHex}a144034200${publicHex}`,
  )

export const spkiOfSm2 = (publicHex: string): Uint8Array =>
  bytesOf(`3059301306072a8648ce3d020106082a811ccf5501822d034200${publicHex}`)

export const pemOf = (label: 'CERTIFICATE' | 'PRIVATE KEY', der: Uint8Array): string => {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}

export const derOf = (pem: string): Uint8Array =>
  Uint8Array.from(Buffer.from(pem.replaceAll(/-----[A-Z ]+-----|\s/g, ''), 'base64'))

/** Keys of a PKCS#8 text written by `pkcs8OfSm2`. */
export function sm2KeyOfPem(pem: string): { privateHex: string; publicHex: string } {
  const hex = Buffer.from(derOf(pem)).toString('hex')
  const privateHex = hex.slice(72, 136)
  const publicHex = hex.slice(146)
  const again = Buffer.from(pkcs8OfSm2(privateHex, publicHex)).toString('hex')
  must(publicHex.length === 130 && again === hex, 'a key file here was written by this program')
  return { privateHex, publicHex }
}
