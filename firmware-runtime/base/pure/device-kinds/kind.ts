// What every room may know of a kind of device: its part in a lane and its frames, with their words. Each kind is one file beside this one;
// what drives it is in devices/<kind>/.
import type { BilingualText } from '../words/fault-text.ts'

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
  /** Within a sentence. */
  readonly words: BilingualText
  /** Of its field and its sign of health. */
  readonly label: BilingualText
  /** What to type into its field. */
  readonly like: BilingualText
  readonly places: Places
  /** Deviations of its link in the lot file from the link of any device. */
  readonly link: {
    /** Value of a missing link; absent: the file names the link or writes null. */
    readonly filled?: null
    /** What null means. */
    readonly why?: BilingualText
  }
  /** Further members of a lane in the lot file that are about this device. */
  readonly members?: readonly string[]
  /** A pile or handheld has it too. */
  readonly atPlace?: true
  /** The set-up tests it alone; absent: the survey tests it. */
  readonly tried?: true
}

interface FramePart {
  /** Position among the devices with a frame log. */
  readonly place: number
  /** Ids of further boards of one lane; the first has the name of the kind. */
  readonly more?: readonly string[]
  readonly label: BilingualText
  /** Why a person may send it no frames; absent: a person may. */
  readonly noSend?: BilingualText
}

interface DeviceKindRow {
  /** Absent: a lane has no link to it. */
  readonly lane?: LanePart
  /** Absent: it has no frame log. */
  readonly frames?: FramePart
}

export const defineDeviceKind = <const R extends DeviceKindRow>(row: R): R => row
