// What the folder of a camera that pushes says to the rest of the program: how its pushes are read and answered.
// push-makes.ts, written from the folders, is the table of them.
import type { PlateRead } from '../../core/lane/plate-read.ts'
import type { InstantMs } from '../../core/values/instant.ts'
import type { NoteText } from '../../core/values/notes.ts'
import type { NamedPicture } from './pictures.ts'

/** Pictures that came with a text: as parts of the request, or in the text by what stands in their place. */
export interface PushPictures {
  readonly parts?: readonly NamedPicture[]
  readonly within?: ReadonlyMap<string, Uint8Array>
}

export type Pushed = {
  /** What a make of `json` is answered. */
  readonly reply?: string
} & (
  | { readonly kind: 'plate'; readonly read: PlateRead; readonly openedByCamera: boolean }
  | { readonly kind: 'keepAlive'; readonly deviceAtMs: InstantMs | null }
  /** `counted`: as a message that nothing could be made of; else it is another kind of event. */
  | { readonly kind: 'refused'; readonly what: NoteText; readonly counted: boolean }
)

export interface PushMake {
  /** Its link is `push:<name>`. */
  readonly name: string
  /** What a camera of it calls itself, or its model. */
  readonly looks: RegExp
  /** `parts`: a text with pictures beside it, answered by a status alone. `json`: one text, answered in JSON. */
  readonly body: 'parts' | 'json'
  /** Never throws on what a camera, or somebody in its place, may send. */
  read(text: string, pictures: PushPictures): Pushed
  /** The answer to a form, which is a sign of life and is not read; of a make of `json`. */
  readonly alive?: string
  /** Cameras of demonstrations push as this make. */
  readonly simulated?: true
  /** Protocol of its profiles, and how one of their examples is read. */
  readonly profile?: { readonly name: string; example(text: string): unknown }
}

export const definePushMake = (make: PushMake): PushMake => make
