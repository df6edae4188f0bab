// What the folder of a subscribed camera make declares: its link, its driver, its captures, its examples. makes.ts,
// generated from the folders, is the table of them.
import type { z } from 'zod'
import type { LinkQuery, LinkReader } from '#base/pure/links/camera-link.ts'
import type { DeviceRequest } from '../http/session.ts'
import type { StreamDialect } from './stream/dialect.ts'

/** Options in a link beside address and account. */
export type CameraOptions = Readonly<Record<string, string | number>>

/** Options `O` and vendor state `D` are known to the folder alone. */
export interface CameraMake<O extends CameraOptions = CameraOptions, D = unknown> {
  /** Scheme of its links, and protocol of its profiles. */
  readonly name: string
  /** Its name in captures and in the console. */
  readonly variant: string
  /** Default values, when a link or an old capture has none. */
  readonly usual: O
  /** Some of its models report local time as epoch, 8 h ahead. */
  readonly mayBeLocal?: true
  /** None of its models states the time of a reading. */
  readonly isTimeless?: true
  /** Options from the parameters of a link; refuses invalid ones through the reader. */
  options(query: LinkQuery, reader: LinkReader): O
  /** Options needed to read a capture, and those needed by its driver only. */
  readonly reads: z.ZodRawShape
  readonly starts: z.ZodRawShape
  /** `address` names the camera until it has sent its device id. */
  pull(options: O, address: string): StreamDialect<D>
  /** A query without effect, which the lane sends as well: tests whether the camera is there. */
  readonly question: DeviceRequest
  /** One message decoded as by the driver, with its time as stated: for the examples of profiles. */
  example(text: string): unknown
}

export const defineCameraMake = <O extends CameraOptions, D>(make: CameraMake<O, D>): CameraMake =>
  make as unknown as CameraMake
