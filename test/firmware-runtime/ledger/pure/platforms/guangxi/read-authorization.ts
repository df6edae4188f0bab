// Reads the Authorization header of P2 strictly, independent of what writes it.
import {
  appIdShape,
  type authorizationHeader,
} from '#ledger/pure/platforms/guangxi/authorization.ts'
import { base64Shape } from '#base/pure/data/base64.ts'
import { suiteNames, type SuiteName } from '#base/pure/data/suite.ts'

type Authorization = Parameters<typeof authorizationHeader>[0]

/** Signature scheme by suite (P2). */
const schemes: Readonly<Record<SuiteName, string>> = {
  GM: 'ETC-SM2-WITH-SM3',
  RSA_AES: 'ETC-SHA256-RSA2048',
}
/** A signature of RSA-4096 has 684 characters. */
const headerCharsMax = 1024
const nonceShape = /^[A-Z0-9]{32}$/
const certSerialShape = /^(?:[0-9A-F]{2}){1,20}$/
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
