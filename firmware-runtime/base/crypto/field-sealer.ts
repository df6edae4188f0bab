// Seals sensitive fields under the platform's certificate (P8): SM2 by GM/T 0009, or RSA-OAEP, in Base64. It uses the
// valid certificate of the lot's suite that expires last.
import { Buffer } from 'node:buffer'
import type { SuiteName } from '../pure/data/suite.ts'
import type { FieldSealer } from '../ports/field-sealer.ts'
import type { GmCrypto } from './gm-crypto.ts'
import { newestOf, type Holder } from './newest-certificate.ts'
import { suiteBy } from './suites.ts'

interface FieldParts extends Holder {
  readonly suite: SuiteName
  readonly crypto: GmCrypto
  readonly vehicleIds: boolean
}

const utf8 = new TextEncoder()

export function fieldSealer(parts: FieldParts): FieldSealer {
  const { vehicleIds } = parts
  const suite = suiteBy(parts.suite, parts.crypto)
  const certificates = () => parts.certificates().filter((one) => one.suite === suite.name)
  return {
    vehicleIds,
    seal() {
      const to = newestOf({ certificates, nowMs: () => parts.nowMs() })
      if (to === null) return null
      return {
        serial: to.certSerial,
        text: (plain) =>
          Buffer.from(suite.encryptText(to.publicKey, utf8.encode(plain))).toString('base64'),
      }
    },
  }
}
