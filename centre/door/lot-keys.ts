// The keys of lots by serial number, as the desk keeps them: read again after a few seconds, so that a revoked key is
// refused at once.
import type pg from 'pg'
import { readCertificate } from '#base/crypto/certs.ts'
import type { GmCrypto } from '#base/crypto/gm-crypto.ts'
import type { RefusedWhy } from '#ledger/pure/centre/row-feed.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import type { VerifyingKey } from '#base/ports/crypto.ts'
import type { KeyUse } from '../authority/authority.ts'

interface LotKey {
  readonly lotId: string
  readonly use: string
  readonly isRevoked: boolean
  readonly toMs: InstantMs
  readonly certificate: Uint8Array
}

/** Why a key is refused for a lot; null: it is not. */
export function refusalOf(
  key: LotKey | null,
  wanted: { readonly use: KeyUse; readonly lotId: string; readonly nowMs: InstantMs },
): RefusedWhy | null {
  if (key === null || key.use !== wanted.use) return 'unknown'
  if (key.lotId !== wanted.lotId) return 'lot'
  if (key.isRevoked) return 'revoked'
  return key.toMs < wanted.nowMs ? 'expired' : null
}

const cachedUs = 2_000_000
const cachedMax = 20_000

interface KeyData {
  readonly lot_id: string
  readonly use: string
  readonly certificate: Buffer
  readonly to_at: Date
  readonly revoked_at: Date | null
}

export class LotKeys {
  private readonly pool: pg.Pool
  private readonly mono: MonoClock
  private readonly crypto: GmCrypto
  private readonly cached = new Map<string, { atUs: number; key: Promise<LotKey | null> }>()
  private readonly verifying = new Map<string, VerifyingKey>()

  constructor(pool: pg.Pool, mono: MonoClock, crypto: GmCrypto) {
    this.pool = pool
    this.mono = mono
    this.crypto = crypto
  }

  /** Null: no such key. */
  find(serial: string): Promise<LotKey | null> {
    const found = this.cached.get(serial)
    const atUs = this.mono.nowUs()
    if (found !== undefined && atUs - found.atUs < cachedUs) return found.key
    if (this.cached.size >= cachedMax) this.cached.clear()
    const key = this.read(serial)
    this.cached.set(serial, { atUs, key })
    key.catch(() => this.cached.delete(serial))
    return key
  }

  private async read(serial: string): Promise<LotKey | null> {
    const { rows } = await this.pool.query<KeyData>(
      'SELECT lot_id, use, certificate, to_at, revoked_at FROM desk.lot_key WHERE serial = $1',
      [serial],
    )
    const [row] = rows
    if (row === undefined) return null
    return {
      lotId: row.lot_id,
      use: row.use,
      isRevoked: row.revoked_at !== null,
      toMs: row.to_at.getTime(),
      certificate: new Uint8Array(row.certificate),
    }
  }

  /** `serial`: of a key for signatures that was found. */
  verifyingKey(serial: string, { certificate }: LotKey): VerifyingKey {
    const found = this.verifying.get(serial)
    if (found !== undefined) return found
    if (this.verifying.size >= cachedMax) this.verifying.clear()
    const { publicKey } = readCertificate(certificate, serial)
    const key = this.crypto.verifyingKey(publicKey, serial)
    this.verifying.set(serial, key)
    return key
  }
}
