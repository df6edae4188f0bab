// What the folder of a pushing camera make declares: how its pushes are decoded and answered. push-makes.ts, generated
// from the folders, is the table of them.
import type { PlateRead } from '../lane/plate-read.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { NoteText } from '#base/pure/words/notes.ts'
import type { NamedPicture } from './pictures.ts'

/** Pictures of a text: as parts of the request, or removed from the text, by their placeholder. */
export interface PushPictures {
  readonly parts?: readonly NamedPicture[]
  readonly within?: ReadonlyMap<string, Uint8Array>
}

export type Pushed = {
  /** Body of the answer, for a `json` make. */
  readonly reply?: string
} & (
  | { readonly kind: 'plate'; readonly read: PlateRead; readonly openedByCamera: boolean }
  | { readonly kind: 'keepAlive'; readonly deviceAtMs: InstantMs | null }
  /** `counted`: as an undecodable message; false: another kind of event. */
  | { readonly kind: 'refused'; readonly what: NoteText; readonly counted: boolean }
)

export interface PushMake {
  /** Its link is `push:<name>`. */
  readonly name: string
  /** Matches the name or model that such a camera reports. */
  readonly looks: RegExp
  /** `parts`: a text with pictures in other parts, answered by a status only. `json`: one text, answered in JSON. */
  readonly body: 'parts' | 'json'
  /** Never throws, whatever a camera or another sender in its place sends. */
  read(text: string, pictures: PushPictures): Pushed
  /** The answer to a form, which is a sign of life and is not decoded; for a `json` make. */
  readonly alive?: string
  /** None of its models states the time of a reading. */
  readonly isTimeless?: true
  /** Demo cameras push as this make. */
  readonly simulated?: true
  /** Protocol of its profiles, and the decoder of their examples. */
  readonly profile?: { readonly name: string; example(text: string): unknown }
}

export const definePushMake = (make: PushMake): PushMake => make
