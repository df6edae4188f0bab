// What the folder of a camera that is subscribed to says to the rest of the program: its link, its driver,
// its captures, its examples. makes.ts, written from the folders, is the table of them.
import type { z } from 'zod'
import type { LinkQuery, LinkReader } from '../../core/links/camera-link.ts'
import type { DeviceRequest } from '../http/session.ts'
import type { StreamDialect } from './stream/dialect.ts'

/** What a link says of a camera beside its address and account. */
export type CameraOptions = Readonly<Record<string, string | number>>

/** Options `O` and vendor state `D` are the folder's own. */
export interface CameraMake<O extends CameraOptions = CameraOptions, D = unknown> {
  /** Scheme of its links, and protocol of its profiles. */
  readonly name: string
  /** Its name in captures and in the console. */
  readonly variant: string
  /** Where a link or an old capture does not say. */
  readonly usual: O
  /** Options out of the parameters of a link, which are named as they are; refuses by the reader. */
  options(query: LinkQuery, reader: LinkReader): O
  /** Options that a capture needs to be read, and those that only its driver needs. */
  readonly reads: z.ZodRawShape
  readonly starts: z.ZodRawShape
  /** `address` names the camera until it told who it is. */
  pull(options: O, address: string): StreamDialect<D>
  /** Changes nothing, and the lane asks it as well: for who looks whether the camera is there. */
  readonly question: DeviceRequest
  /** One message as the driver reads it, its time taken as said: for the examples of profiles. */
  example(text: string): unknown
}

export const defineCameraMake = <O extends CameraOptions, D>(make: CameraMake<O, D>): CameraMake =>
  make as unknown as CameraMake
