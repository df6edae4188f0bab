// What the folder of a camera make with its own search protocol declares: one query on a named network card, and its
// answer. searches.ts, generated from the folders, is the table of them.
import type { FoundCamera } from '../find/found-camera.ts'

export interface CameraSearch {
  /** Name shown with cameras that were found by it. */
  readonly name: string
  readonly group: { readonly host: string; readonly port: number }
  /** Some cameras answer to the group instead of to the port of the query. */
  readonly hearGroup: boolean
  /** Asks for names only; `id` is unique to this search. */
  question(id: string): Uint8Array
  /** Null for any other message, including our own query. */
  camera(answer: Uint8Array, id: string, from: string): FoundCamera | null
  /** Link with which such a camera is added to a lot. */
  link(address: string): string
}

export const defineCameraSearch = (search: CameraSearch): CameraSearch => search
