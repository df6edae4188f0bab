// How the plate of a car became known, as rows of the ledger and records to platforms tell it (P12 plateSource, P19).

/** Who said the plate of a car, where it was not a camera. */
export type PlateBy = 'obu' | 'person'

export interface PlateSaid {
  /** Absent: a camera read it. */
  readonly by?: PlateBy
  /** Who typed it; absent: it was not typed, or a row of a former version. */
  readonly who?: string
  /** Of the camera, 0 to 1; absent where it gave none. */
  readonly confidence?: number
}

interface Reading {
  readonly confidence: number | null
  readonly by?: PlateBy
  readonly who?: string
}

/** A member of a row; a camera without a confidence, and a car without a plate, have none. */
export function plateSaid(reading: Reading | null): { readonly said?: PlateSaid } {
  if (reading === null) return {}
  const { by, who, confidence } = reading
  if (by === undefined && confidence === null) return {}
  return {
    said: {
      ...(by === undefined ? {} : { by }),
      ...(who === undefined ? {} : { who }),
      ...(confidence === null ? {} : { confidence }),
    },
  }
}
