// What a search of the network finds of a camera, whichever way it was asked.
export interface FoundCamera {
  /** `onvif` of a Probe, or the name of its maker's own search. */
  readonly by: string
  readonly address: string
  /** Its service addresses, as it says. */
  readonly services: readonly string[]
  /** ONVIF: its name; a maker's own search: its serial number. */
  readonly name: string
  readonly hardware: string
}
