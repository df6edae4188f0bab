// The Authorization header of P2, built for every attempt.
// 9.1 c of 001_06c673748bb4d997.txt: certificate number and request signature in the header.
import { signatureSchemes } from '#base/pure/words/envelope-text.ts'
import type { SuiteName } from '#base/pure/data/suite.ts'

interface Authorization {
  /** Channel number: 1 to 32 of A-Z a-z 0-9 (P1). */
  readonly appId: string
  /** 32 of A-Z 0-9, fresh per attempt. */
  readonly nonce: string
  readonly timestampSec: number
  /** Serial of the client's certificate, upper-case hex. */
  readonly certSerial: string
  readonly suite: SuiteName
  /** Signature by the scheme of the suite, in Base64. */
  readonly signature: string
}

export const appIdShape = /^[A-Za-z0-9]{1,32}$/

export const authorizationHeader = (a: Authorization): string =>
  `${signatureSchemes[a.suite]} appid="${a.appId}",nonce_str="${a.nonce}",` +
  `timestamp="${a.timestampSec}",serial_no="${a.certSerial}",signature="${a.signature}"`
