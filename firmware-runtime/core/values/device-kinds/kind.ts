// What every room may know of a kind of device: its words and its part in a lane. Each kind is one file beside this one;
// what drives it is in devices/<kind>/.
import type { BilingualText } from '../fault-text.ts'

/** Positions of a kind in the lists of the devices of a lane. */
interface Places {
  /** In the lot file, and in what is derived from it. */
  readonly file: number
  /** In sentences about the devices that a clause requires, in set-up tests and in applications. */
  readonly clause: number
  /** In the order in which a car meets the devices. */
  readonly met: number
  /** Among the devices that call a person. */
  readonly call: number
}

interface LanePart {
  readonly places: Places
  /** Deviations of its link in the lot file from the link of any device. */
  readonly link: {
    /** Value of a missing link; absent: the file names the link or writes null. */
    readonly filled?: null
    /** What null means. */
    readonly why?: BilingualText
  }
  /** A pile or handheld has it too. */
  readonly atPlace?: true
  /** The set-up tests it alone; absent: the survey tests it. */
  readonly tried?: true
  /** Page where a person deals with its loss. */
  readonly page: string
}

interface DeviceKindRow {
  readonly words: BilingualText
  /** Absent: it stands beside the lanes. */
  readonly lane?: LanePart
}

export const defineDeviceKind = <const R extends DeviceKindRow>(row: R): R => row
