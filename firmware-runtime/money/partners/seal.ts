// The envelope of the interface between billing and access: that of the ETC platforms (P2, P3), so that a partner needs
// one way of signing. A request is signed in its Authorization header, an answer in four headers.
import { randomBytes } from 'node:crypto'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { base64Of, base64Shape, bytesOfBase64 } from '#base/pure/data/base64.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import { answerMessage, requestMessage, signatureSchemes } from '#base/pure/words/envelope-text.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { PartnerRight } from '#base/pure/lot/published-members.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { WallClock } from '#base/ports/clocks.ts'
import type { SigningKey, VerifyingKey } from '#base/ports/crypto.ts'

export const scheme = signatureSchemes.GM
/** Largest difference of the two clocks, either way, s (P2). */
const windowSec = 300
/** A nonce is stored until its time stamp, which may be ahead and is in whole seconds, has left the window. */
const nonceKeepMs = (2 * windowSec + 1) * 1000
/** What a partner can sign in that time on this class of machine, and 100 MB. */
const noncesMax = 500_000

export interface PartnerKey extends VerifyingKey {
  readonly notBeforeMs: InstantMs
  readonly notAfterMs: InstantMs
}

export interface Partner {
  readonly id: string
  readonly rights: readonly PartnerRight[]
  /** Certificates of its file: the present one, and the next one during a change. */
  readonly keys: readonly PartnerKey[]
}

export interface SealedRequest {
  readonly method: string
  /** Path and query exactly as sent. */
  readonly path: string
  readonly authorization: string | undefined
  readonly body: Uint8Array
}

const shapes = {
  appid: /^[A-Za-z0-9]{1,32}$/,
  nonce_str: /^[A-Za-z0-9]{32}$/,
  timestamp: /^[1-9]\d{0,11}$/,
  serial_no: /^(?:[0-9A-F]{2}){1,20}$/,
  signature: base64Shape,
} as const
type MemberName = keyof typeof shapes
const names = Object.keys(shapes) as MemberName[]
const isName = (name: string): name is MemberName => name in shapes
/** An SM2 signature has 96 characters, all five members together less than 300. */
const headerCharsMax = 600

function refused(name: MemberName | null, value: string, note: BilingualText): LaneFault {
  const field = name === null ? 'Authorization' : `Authorization.${name}`
  return new LaneFault('ORDER-02', { field, value: value.slice(0, 80), note })
}

type Members = Readonly<Record<MemberName, string>>

/** The five members, once each and in their shapes. */
function membersOf(header: string | undefined): Members {
  if (header === undefined) throw refused(null, '', t('请求没有签名', 'the request is not signed'))
  const form = t(`应为 ${scheme} 和五个成员`, `expected ${scheme} and its five members`)
  if (header.length > headerCharsMax || !header.startsWith(`${scheme} `))
    throw refused(null, header, form)
  const found = new Map<MemberName, string>()
  for (const part of header.slice(scheme.length + 1).split(',')) {
    const [, name = '', value = ''] = /^([a-z_]+)="([^"]*)"$/.exec(part.trim()) ?? []
    if (!isName(name) || found.has(name)) throw refused(null, part.trim(), form)
    found.set(name, value)
  }
  const wrong = names.find((name) => !shapes[name].test(found.get(name) ?? ''))
  if (wrong !== undefined)
    throw refused(wrong, found.get(wrong) ?? '', t('缺少或格式不对', 'missing or of a wrong form'))
  return Object.fromEntries(found) as Members
}

export interface PartnerSealOptions {
  readonly partners: readonly Partner[]
  readonly own: SigningKey
  /** Transport time, never business time. */
  readonly clock: WallClock
}

export class PartnerSeal {
  private readonly options: PartnerSealOptions
  /** Accepted nonces by partner, each with the end of its storage, oldest first. */
  private readonly nonces = new Map<string, InstantMs>()

  constructor(options: PartnerSealOptions) {
    this.options = options
  }

  /** The partner who signed the request, and its nonce. Throws ORDER-02, ORDER-11. */
  partnerOf(request: SealedRequest): { readonly partner: Partner; readonly nonce: string } {
    const members = membersOf(request.authorization)
    const nowMs = this.options.clock.nowMs()
    const partner = this.options.partners.find(({ id }) => id === members.appid)
    if (partner === undefined)
      throw refused('appid', members.appid, t('没有这个对方', 'no partner has this id'))
    const key = keyOf(partner, members.serial_no, nowMs)
    const timestampSec = Number(members.timestamp)
    const nowSec = Math.floor(nowMs / 1000)
    if (Math.abs(nowSec - timestampSec) > windowSec) {
      const note = t(`这里是 ${nowSec}`, `it is ${nowSec} here`)
      throw refused('timestamp', members.timestamp, note)
    }
    const { method, path, body } = request
    const { nonce_str: nonce } = members
    const signed = requestMessage({ method, path, timestampSec, nonce, body })
    const signature = bytesOfBase64(members.signature)
    if (signature === null || !key.verify(signed, signature))
      throw refused('signature', members.signature, t('签名不对', 'the signature does not verify'))
    this.spend(partner.id, nonce, nowMs)
    return { partner, nonce }
  }

  /** Signature headers of an answer. Its nonce is that of the request; null: the request had none. */
  headersOf(body: Uint8Array, requestNonce: string | null): Readonly<Record<string, string>> {
    const { own, clock } = this.options
    const timestamp = String(Math.floor(clock.nowMs() / 1000))
    const nonce = requestNonce ?? hexOf(randomBytes(16))
    const signature = base64Of(own.sign(answerMessage({ timestamp, nonce, body })))
    return {
      'Etc-Serial': own.certSerial,
      'Etc-Timestamp': timestamp,
      'Etc-Nonce': nonce,
      'Etc-Signature': signature,
    }
  }

  /** Once the signature holds, so that only the partner itself can use its nonces. */
  private spend(partnerId: string, nonce: string, nowMs: InstantMs): void {
    for (const [old, untilMs] of this.nonces) {
      if (untilMs >= nowMs) break
      this.nonces.delete(old)
    }
    const name = `${partnerId} ${nonce}`
    if (this.nonces.has(name))
      throw refused('nonce_str', nonce, t('已经用过', 'it was used before'))
    if (this.nonces.size >= noncesMax) throw new LaneFault('ORDER-11', { value: partnerId })
    this.nonces.set(name, nowMs + nonceKeepMs)
  }
}

function keyOf({ keys }: Partner, serial: string, nowMs: InstantMs): PartnerKey {
  const key = keys.find(({ certSerial }) => certSerial === serial)
  if (key === undefined)
    throw refused('serial_no', serial, t('不是对方的证书', 'not a certificate of this partner'))
  const { notBeforeMs, notAfterMs } = key
  if (notBeforeMs <= nowMs && nowMs < notAfterMs) return key
  const validity = `${isoOf(notBeforeMs)} - ${isoOf(notAfterMs)}`
  throw refused('serial_no', serial, t(`有效期 ${validity}`, `valid ${validity}`))
}
