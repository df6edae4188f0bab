// The keys of a lot at its centre: of its connection (P-256) and of its signatures (SM2), and where they are kept.
import type { SigningKey } from '#base/ports/crypto.ts'

/** A request for certificates that a person at the desk has not decided. */
export interface KeptPairing {
  readonly url: string
  /** PKCS#8, PEM. */
  readonly tlsKey: string
  /** 32 bytes, hex. */
  readonly signKey: string
  /** PKCS#10, PEM. */
  readonly tlsRequest: string
  readonly signRequest: string
  /** 32 random bytes, 64 lower-case hex digits. */
  readonly secret: string
  /** Of the centre's answer to the request; null before it. */
  readonly opened: {
    readonly pairingId: string
    readonly challenge: string
    /** PEM. */
    readonly authority: string
    readonly digits: string
  } | null
  readonly end: 'refused' | 'expired' | null
}

/** Certificates in use, with their keys. */
export interface KeptJoin {
  readonly url: string
  readonly authority: string
  readonly tlsKey: string
  readonly tlsCertificate: string
  readonly signKey: string
  readonly signCertificate: string
}

export interface Joined {
  readonly kept: KeptJoin
  readonly signer: SigningKey
  /** When the first of both certificates ends, ms. */
  readonly untilMs: number
}

export interface CentreKeys {
  /** New keys with their requests. */
  fresh(url: string, lotId: string): KeptPairing
  /** The six digits, or null when the centre's answer does not have the form of one. */
  digits(pairing: KeptPairing, lotId: string, challenge: string, authority: string): string | null
  /** Null when a certificate is not that authority's, or not of the lot's key and name. */
  join(
    pairing: KeptPairing,
    lotId: string,
    tlsCertificate: string,
    signCertificate: string,
  ): Joined | null
}

/** Sealed to this machine; null: none is there, or it was sealed on another machine. */
export interface CentreShelf {
  pairing(): KeptPairing | null
  joined(): Joined | null
  keepPairing(pairing: KeptPairing): void
  /** Ends the pairing as well. */
  keepJoined(kept: KeptJoin): void
}
