// Seals sensitive members of requests (P8) to the certificate of a platform. It is asked for each attempt: what a lot keeps
// stays in clear, what leaves is never twice the same, and a certificate that ended meanwhile is not used.

export interface FieldSeal {
  /** Of the certificate; goes with the request. */
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
