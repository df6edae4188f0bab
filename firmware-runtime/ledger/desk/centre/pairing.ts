// Pairing of a lot with its centre (docs/centre.md): a request for certificates, six digits that a person compares, and the
// certificates. Its state is kept before the next step, so that a restart goes on with the same request and digits.
import { digestOfHex, lowerHex, ownDigest } from '../../pure/centre/row-feed.ts'
import { isObject } from '#base/pure/data/json.ts'
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import type { CentreDoor, DoorAnswer, DoorRequest } from '../../ports/centre-door.ts'
import type { CentreKeys, CentreShelf, Joined, KeptPairing } from '../../ports/centre-keys.ts'
import type { Crypto } from '#base/ports/crypto.ts'

interface PairingParts {
  readonly url: string
  readonly lotId: string
  readonly name: BilingualText
  readonly door: CentreDoor
  readonly keys: CentreKeys
  readonly shelf: CentreShelf
  readonly sm3: Crypto['sm3']
}

/** Where a pairing stands after a step. */
export type PairingStep =
  | { readonly is: 'pending' }
  | { readonly is: 'ended'; readonly why: 'refused' | 'expired' | 'unfit' }
  | { readonly is: 'joined'; readonly joined: Joined }
  /** The door did not answer, or not as the protocol says. */
  | { readonly is: 'later'; readonly why: string }

const json = { 'content-type': 'application/json' }
const none = new Uint8Array()
const later = (answer: DoorAnswer): PairingStep => ({
  is: 'later',
  why: 'why' in answer ? answer.why : String(answer.status),
})
const textIn = (body: unknown, name: string): string | null => {
  const value = isObject(body) ? body[name] : null
  return typeof value === 'string' ? value : null
}
const bodyOf = (answer: DoorAnswer): unknown => ('body' in answer ? answer.body : null)

export class Pairing {
  kept: KeptPairing | null
  private readonly parts: PairingParts
  private isRevealed = false

  constructor(parts: PairingParts) {
    this.parts = parts
    const kept = parts.shelf.pairing()
    this.kept = kept?.url === parts.url ? kept : null
  }

  /** Asks anew, with new keys. */
  begin(): void {
    const { keys, url, lotId } = this.parts
    this.isRevealed = false
    this.keep(keys.fresh(url, lotId))
  }

  /** One request at most. */
  async step(): Promise<PairingStep> {
    if (this.kept === null) this.begin()
    const { kept } = this
    if (kept === null || kept.end !== null) return { is: 'ended', why: kept?.end ?? 'refused' }
    if (kept.opened === null) return this.open(kept)
    return this.isRevealed ? this.look(kept, kept.opened) : this.reveal(kept, kept.opened.pairingId)
  }

  private keep(kept: KeptPairing): void {
    this.parts.shelf.keepPairing(kept)
    this.kept = kept
  }

  /** An answer to a request that was made anew meanwhile is none. */
  private async send(kept: KeptPairing, request: DoorRequest): Promise<DoorAnswer> {
    const answer = await this.parts.door.send(request)
    return this.kept === kept ? answer : { status: 0, why: '' }
  }

  private post(kept: KeptPairing, path: string, body: object): Promise<DoorAnswer> {
    const bytes = new TextEncoder().encode(JSON.stringify(body))
    return this.send(kept, { method: 'POST', path, headers: json, body: bytes })
  }

  private async open(kept: KeptPairing): Promise<PairingStep> {
    const { lotId, name, sm3, keys } = this.parts
    const { tlsRequest, signRequest, secret } = kept
    const commitment = lowerHex(sm3(ownDigest(secret)))
    const request = { lotId, name, tlsRequest, signRequest, commitment }
    const answer = await this.post(kept, '/v1/pairings', request)
    const body = bodyOf(answer)
    const [pairingId, challenge] = [textIn(body, 'pairingId'), textIn(body, 'challenge')]
    const authority = textIn(body, 'authority')
    if (answer.status !== 201 || pairingId === null || !/^[\w-]{1,64}$/.test(pairingId))
      return later(answer)
    if (challenge === null || digestOfHex(challenge) === null || authority === null)
      return later(answer)
    const digits = keys.digits(kept, lotId, challenge, authority)
    if (digits === null) return later(answer)
    this.keep({ ...kept, opened: { pairingId, challenge, authority, digits } })
    return this.step()
  }

  private async reveal(kept: KeptPairing, pairingId: string): Promise<PairingStep> {
    const path = `/v1/pairings/${pairingId}/secret`
    const answer = await this.post(kept, path, { secret: kept.secret })
    if (answer.status === 0 || answer.status >= 500) return later(answer)
    // A door that has it already may refuse it: what it says of the request counts.
    this.isRevealed = true
    return { is: 'pending' }
  }

  private async look(
    kept: KeptPairing,
    { pairingId }: NonNullable<KeptPairing['opened']>,
  ): Promise<PairingStep> {
    const path = `/v1/pairings/${pairingId}`
    const answer = await this.send(kept, { method: 'GET', path, headers: {}, body: none })
    if (answer.status === 404) return this.ended(kept, 'expired')
    if (answer.status !== 200) return later(answer)
    const body = bodyOf(answer)
    switch (textIn(body, 'state')) {
      case 'pending':
        return { is: 'pending' }
      case 'refused':
        return this.ended(kept, 'refused')
      case 'expired':
        return this.ended(kept, 'expired')
      case 'accepted':
        return this.accepted(kept, body)
      default:
        return later(answer)
    }
  }

  private accepted(kept: KeptPairing, body: unknown): PairingStep {
    const { keys, shelf, lotId } = this.parts
    const [tls, sign] = [textIn(body, 'tlsCertificate'), textIn(body, 'signCertificate')]
    const joined = tls === null || sign === null ? null : keys.join(kept, lotId, tls, sign)
    if (joined === null) return { is: 'ended', why: 'unfit' }
    shelf.keepJoined(joined.kept)
    this.kept = null
    return { is: 'joined', joined }
  }

  private ended(kept: KeptPairing, end: 'refused' | 'expired'): PairingStep {
    this.keep({ ...kept, end })
    return { is: 'ended', why: end }
  }
}
