// Seals sensitive members of requests (P8) to the certificate of a platform, at each attempt: stored records stay in clear,
// each transmission differs, and an expired certificate is not used.

export interface FieldSeal {
  /** Serial number of the certificate, sent with the request. */
  readonly serial: string
  /** Base64. */
  text(plain: string): string
}

export interface FieldSealer {
  /** Plates, card and OBU numbers as well. */
  readonly vehicleIds: boolean
  /** Null: no certificate of the platform is in force, so nothing that needs one leaves. */
  seal(): FieldSeal | null
}

/** Opens a member that a platform sealed to a certificate of the lot (P8); null: no key of the lot opens it. */
export type FieldOpener = (sealed: Uint8Array) => Uint8Array | null
