// Result of a network search for cameras, for every search protocol.
export interface FoundCamera {
  /** `onvif` of a Probe, or the name of its maker's own search. */
  readonly by: string
  readonly address: string
  /** Service addresses reported by the camera. */
  readonly services: readonly string[]
  /** ONVIF: its name; a maker's own search: its serial number. */
  readonly name: string
  readonly hardware: string
}
