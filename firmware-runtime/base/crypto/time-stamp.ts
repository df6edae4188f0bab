// Time stamps of a time-stamping service (RFC 3161): the query, the token in the answer, and whether a token is valid
// for bytes. PKI.js reads and checks them over the system's crypto: RSA and ECDSA, not SM2.
import { t, whyIn, type Why } from '../pure/words/fault-text.ts'
import { createHash } from 'node:crypto'
import {
  fromBER,
  Integer,
  Null,
  ObjectIdentifier,
  OctetString,
  Sequence,
  type AsnType,
  type BaseBlock,
} from 'asn1js'
import {
  AlgorithmIdentifier,
  Certificate,
  ContentInfo,
  ExtKeyUsage,
  id_eContentType_TSTInfo,
  id_ExtKeyUsage,
  MessageImprint,
  SignedData,
  TimeStampReq,
  TimeStampResp,
  TSTInfo,
  type SignerInfo,
} from 'pkijs'
import { equalBytes } from './sm4.ts'
import type { InstantMs } from '../pure/values/instant.ts'

const sha256 = '2.16.840.1.101.3.4.2.1'
const timeStamping = '1.3.6.1.5.5.7.3.8'
/** ESS signingCertificate and signingCertificateV2: the attribute that names the signer's certificate. */
const signingCertificate = ['1.2.840.113549.1.9.16.2.12', '1.2.840.113549.1.9.16.2.47']
const hashes: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'sha1',
  [sha256]: 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}
/** PKIStatus: granted, granted with changes. */
const grantedStatus = [0, 1]
export const timeStampBytesMax = 65_536

/** Thrown for an invalid time stamp, with the reason for people. */
export class NoTimeStamp extends Error {
  readonly why: Why
  constructor(why: Why) {
    super(whyIn(why))
    this.why = why
  }
}

const exactly = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => Uint8Array.from(bytes)
const derOf = (block: BaseBlock): Uint8Array => new Uint8Array(block.toBER())

/** The nonce as a positive INTEGER of the shortest form. */
function nonceOf(random: Uint8Array): Integer {
  const valueHex = exactly(random)
  valueHex[0] = ((valueHex[0] ?? 0) & 0x3f) | 0x40
  return new Integer({ valueHex: valueHex.buffer })
}

export interface TimeStampQuery {
  readonly der: Uint8Array
  readonly nonce: Integer
}

/** Makes a query for a token over SHA-256 of these bytes, including the service's certificate. */
export function timeStampQuery(over: Uint8Array, random: Uint8Array): TimeStampQuery {
  const nonce = nonceOf(random)
  const hash = exactly(createHash('sha256').update(over).digest())
  const query = new TimeStampReq({
    version: 1,
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithmId: sha256, algorithmParams: new Null() }),
      hashedMessage: new OctetString({ valueHex: hash.buffer }),
    }),
    nonce,
    certReq: true,
  })
  return { der: derOf(query.toSchema()), nonce }
}

/** One element that fills the bytes. Throws NoTimeStamp otherwise. */
function whole(bytes: Uint8Array): AsnType {
  const { offset, result } = fromBER(exactly(bytes))
  if (offset !== bytes.length) throw new NoTimeStamp(t('读不出', 'not readable'))
  return result
}

function readable<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw error instanceof NoTimeStamp ? error : new NoTimeStamp(t('读不出', 'not readable'))
  }
}

/** The bytes of the token in the answer to this query. */
export function tokenIn(answer: Uint8Array, { nonce }: TimeStampQuery): Uint8Array {
  const outer = readable(() => whole(answer))
  const { status } = readable(() => new TimeStampResp({ schema: outer }))
  const token = outer instanceof Sequence ? outer.valueBlock.value[1] : undefined
  if (!grantedStatus.includes(status.status) || token === undefined)
    throw new NoTimeStamp(
      t(`服务拒绝了:状态 ${status.status}`, `the service refused: status ${status.status}`),
    )
  const bytes = exactly(token.valueBeforeDecodeView)
  const { info } = readable(() => contentOf(bytes))
  if (info.nonce?.isEqual(nonce) !== true)
    throw new NoTimeStamp(t('应答属于另一次请求(nonce)', 'the answer is of another query (nonce)'))
  return bytes
}

function contentOf(token: Uint8Array) {
  const outer = new ContentInfo({ schema: whole(token) })
  if (outer.contentType !== ContentInfo.SIGNED_DATA)
    throw new NoTimeStamp(t('没有签名', 'not signed'))
  const signed = new SignedData({ schema: outer.content as unknown })
  const { eContentType, eContent } = signed.encapContentInfo
  const [signer, ...more] = signed.signerInfos
  if (eContentType !== id_eContentType_TSTInfo || eContent === undefined)
    throw new NoTimeStamp(t('里面没有时间戳', 'no time stamp in it'))
  if (signer === undefined || more.length > 0)
    throw new NoTimeStamp(t('不是由一个签名者签', 'not of one signer'))
  return { signed, signer, info: TSTInfo.fromBER(eContent.getValue()) }
}

/** The signature names the signer's certificate: one with the same key and name cannot replace it. */
function meansItself({ signedAttrs }: SignerInfo, certificate: Uint8Array): boolean {
  const attribute = signedAttrs?.attributes.find(({ type }) => signingCertificate.includes(type))
  const inside = (block: unknown): readonly BaseBlock[] =>
    block instanceof Sequence ? block.valueBlock.value : []
  const [list] = inside(attribute?.values[0])
  const [first] = inside(list)
  const [one, two] = inside(first)
  const usual = attribute?.type === signingCertificate[0] ? 'sha1' : 'sha256'
  const [named] = inside(one)
  const isNamed = named instanceof ObjectIdentifier
  const name = isNamed ? hashes[named.valueBlock.toString()] : usual
  const hash = isNamed ? two : one
  return (
    name !== undefined &&
    hash instanceof OctetString &&
    equalBytes(
      new Uint8Array(createHash(name).update(certificate).digest()),
      hash.valueBlock.valueHexView,
    )
  )
}

/** The certificate is for time stamps only, as RFC 3161 section 2.3 requires. */
function stampsTime({ extensions = [] }: Certificate): boolean {
  const usage = extensions.find(({ extnID }) => extnID === id_ExtKeyUsage)
  const purposes = usage?.parsedValue instanceof ExtKeyUsage ? usage.parsedValue.keyPurposes : []
  return usage?.critical === true && purposes.length === 1 && purposes[0] === timeStamping
}

const commonName = '2.5.4.3'
const nameOf = ({ subject }: Certificate): string => {
  const found = subject.typesAndValues.find(({ type }) => type === commonName)
  const block: { readonly value?: unknown } = found?.value.valueBlock ?? {}
  return typeof block.value === 'string' ? block.value : ''
}

export interface TimeStamp {
  readonly atMs: InstantMs
  /** Null when the token has no accuracy. */
  readonly accuracyMs: number | null
  /** Common name of the service's certificate. */
  readonly by: string
}

/** Throws NoTimeStamp when the token is not valid for these bytes; `authorities` null: trust is not checked. */
export async function timeStampOver(
  token: Uint8Array,
  over: Uint8Array,
  authorities: readonly Uint8Array[] | null,
): Promise<TimeStamp> {
  const { signed, signer, info } = readable(() => contentOf(token))
  const hash = hashes[info.messageImprint.hashAlgorithm.algorithmId]
  const { valueHexView: imprint } = info.messageImprint.hashedMessage.valueBlock
  if (hash === undefined || hash === 'sha1')
    throw new NoTimeStamp(t('不接受它的摘要算法', 'its hash is not one that is taken here'))
  if (!equalBytes(new Uint8Array(createHash(hash).update(over).digest()), imprint))
    throw new NoTimeStamp(t('它针对的是别的内容(imprint)', 'it is over other bytes (imprint)'))
  const { signatureVerified, signerCertificate } = await signed
    .verify({
      signer: 0,
      data: exactly(over).buffer,
      extendedMode: true,
      checkChain: authorities !== null,
      trustedCerts: readable(() => read(authorities ?? [])),
    })
    .catch((error: unknown) => {
      const { message } = error as Error
      throw new NoTimeStamp(message)
    })
  if (signatureVerified !== true || signerCertificate === null || signerCertificate === undefined)
    throw new NoTimeStamp(t('签名不成立', 'its signature does not hold'))
  if (!stampsTime(signerCertificate))
    throw new NoTimeStamp(
      t(
        '证书不是专用于时间戳的(extendedKeyUsage)',
        'its certificate is not one for time stamps alone (extendedKeyUsage)',
      ),
    )
  if (!meansItself(signer, derOf(signerCertificate.toSchema(false))))
    throw new NoTimeStamp(
      t(
        '所写的证书不是签名用的那张',
        'it names another certificate than the one it is signed with',
      ),
    )
  const { genTime, accuracy } = info
  const { seconds = 0, millis = 0, micros = 0 } = accuracy ?? {}
  return {
    atMs: genTime.getTime(),
    accuracyMs: accuracy === undefined ? null : seconds * 1_000 + millis + micros / 1_000,
    by: nameOf(signerCertificate),
  }
}

const read = (all: readonly Uint8Array[]): Certificate[] =>
  all.map((der) => Certificate.fromBER(exactly(der)))
