// The signature of an answer in its four headers (P3).
// They come from the network, so they are read strictly.
import { base64Shape, bytesOfBase64 } from '#base/pure/data/base64.ts'

/** Length of an RSA-4096 signature in Base64; an SM2 one has 96. */
const signatureCharsMax = 684

interface Seal {
  readonly timestamp: string
  readonly nonce: string
  readonly serial: string
  readonly signature: Uint8Array
}

export function sealOf(
  headers: Readonly<Record<string, string>>,
): Seal | 'unsigned' | 'badSignature' {
  const [timestamp, nonce] = [headers['etc-timestamp'], headers['etc-nonce']]
  const [serial, signature] = [headers['etc-serial'], headers['etc-signature']]
  if (!timestamp || !nonce || !serial || !signature) return 'unsigned'
  const shaped =
    /^\d{1,12}$/.test(timestamp) &&
    /^[\x21-\x7e]{1,64}$/.test(nonce) &&
    signature.length <= signatureCharsMax &&
    base64Shape.test(signature)
  if (!shaped) return 'badSignature'
  const bytes = bytesOfBase64(signature)
  return bytes === null ? 'badSignature' : { timestamp, nonce, serial, signature: bytes }
}
