// Input of an antenna measurement: frames and readings with their monotonic time.
// Filled in by the runtime from the driver; nothing here knows a link or a clock.

export type TuneSignal = { readonly atMs: number } & (
  | {
      readonly type: 'frame'
      readonly direction: 'in' | 'out'
      /** `B2`, `C1` ... as the frame table names it. */
      readonly frame: string
      /** Null for frames that name no OBU. */
      readonly obuId: string | null
      /** Whole frame: one that comes again byte for byte is a repeat of the radio link's other end. */
      readonly hex: string
    }
  /** The card behind this OBU was read. */
  | { readonly type: 'read'; readonly obuId: string }
  /** The OBU answered and could not be read to the end. */
  | { readonly type: 'unreadable'; readonly obuId: string }
  /** A car stands on the trigger: it may be read or not, it was there. */
  | { readonly type: 'trigger' }
)

/** A level that a person read off an instrument at a marked place. */
export interface FieldPoint {
  readonly place: string
  readonly dbm: number
}

/** More than a busy lane produces in an hour; later signals are counted, not stored. */
export const signalsMax = 20_000
