// The Authorization header of P2: built for every attempt, and parsed strictly for tests and logs.
// 9.1 c of 001_06c673748bb4d997.txt: certificate number and request signature in the header.
import { suiteNames, type SuiteName } from '../../core/values/suite.ts'

/** Signature scheme by suite (P2). */
const schemes: Readonly<Record<SuiteName, string>> = {
  GM: 'ETC-SM2-WITH-SM3',
  RSA_AES: 'ETC-SHA256-RSA2048',
}

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

/** A signature of RSA-4096 has 684 characters. */
const headerCharsMax = 1024

export const appIdShape = /^[A-Za-z0-9]{1,32}$/
const nonceShape = /^[A-Z0-9]{32}$/
const certSerialShape = /^(?:[0-9A-F]{2}){1,20}$/
/** Base64 with padding, at least one group. */
export const base64Shape =
  /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2}==)$/

export const authorizationHeader = (a: Authorization): string =>
  `${schemes[a.suite]} appid="${a.appId}",nonce_str="${a.nonce}",` +
  `timestamp="${a.timestampSec}",serial_no="${a.certSerial}",signature="${a.signature}"`

const memberShape = /^([a-z_]+)="([^"]*)"$/
const memberNames = ['appid', 'nonce_str', 'timestamp', 'serial_no', 'signature'] as const
type MemberName = (typeof memberNames)[number]
const isMember = (name: string): name is MemberName => memberNames.some((known) => known === name)

/** Null unless the header holds exactly the five members once each, in their shapes. */
export function parseAuthorization(header: string): Authorization | null {
  const suite = suiteNames.find((one) => header.startsWith(`${schemes[one]} `))
  if (header.length > headerCharsMax || suite === undefined) return null
  const found = new Map<MemberName, string>()
  for (const part of header.slice(schemes[suite].length + 1).split(',')) {
    const [, name, value] = memberShape.exec(part.trim()) ?? []
    if (name === undefined || value === undefined || !isMember(name) || found.has(name)) return null
    found.set(name, value)
  }
  const member = (name: MemberName): string => found.get(name) ?? ''
  const timestamp = member('timestamp')
  const shaped =
    appIdShape.test(member('appid')) &&
    nonceShape.test(member('nonce_str')) &&
    /^[1-9]\d{0,11}$/.test(timestamp) &&
    certSerialShape.test(member('serial_no')) &&
    base64Shape.test(member('signature'))
  if (!shaped) return null
  return {
    appId: member('appid'),
    nonce: member('nonce_str'),
    timestampSec: Number(timestamp),
    certSerial: member('serial_no'),
    suite,
    signature: member('signature'),
  }
}
