// What the folder of a make of space cameras declares: how its reports come, and how they are decoded. makes.ts, generated
// from the folders, is the table of them.
import type { SpaceRead } from '../spaces/report.ts'
import type { LinkQuery, LinkReader } from '#base/pure/links/camera-link.ts'
import type { NamedPicture } from '../camera/pictures.ts'
import type { StreamDialect } from '../camera/stream/dialect.ts'
import type { CameraOptions } from '../camera/make.ts'
import type { PresetDialect } from './preset-dialect.ts'

/** A message with the picture that belongs to its reports. */
interface WatchMessage {
  readonly read: SpaceRead
  readonly picture: Uint8Array | null
}

interface WithPresets {
  /** How its cameras turn to presets; `channel` from 1. */
  presets(channel: number): PresetDialect
}

interface WatchPushMake extends WithPresets {
  readonly by: 'push'
  /** Its link is `push:<name>`. */
  readonly name: string
  /** Never throws, whatever a camera or another sender in its place sends. */
  read(text: string, pictures: readonly NamedPicture[]): WatchMessage
}

/** Its readings name the space that they are about. */
interface WatchPullMake extends WithPresets {
  readonly by: 'subscription'
  /** Its link is `<name>://host:port?user=&secret=`. */
  readonly name: string
  readonly usual: CameraOptions
  options(query: LinkQuery, reader: LinkReader): CameraOptions
  /** `address` names the camera until it has sent its device id. */
  pull(options: CameraOptions, address: string): StreamDialect<unknown>
}

export type WatchMake = WatchPushMake | WatchPullMake
export const defineWatchMake = (make: WatchMake): WatchMake => make
