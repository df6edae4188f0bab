// What the folder of a camera with a search of its maker's own says to the rest of the program: one question on a named card,
// and what an answer is. searches.ts, written from the folders, is the table of them.
import type { FoundCamera } from '../../core/find/found-camera.ts'

export interface CameraSearch {
  /** By what a camera is found that answers it. */
  readonly name: string
  readonly group: { readonly host: string; readonly port: number }
  /** Some answer to the group instead of the port that asked. */
  readonly hearGroup: boolean
  /** Asks for nothing but names; `id` is of this search alone. */
  question(id: string): Uint8Array
  /** Null for anything else, our own question among it. */
  camera(answer: Uint8Array, id: string, from: string): FoundCamera | null
  /** As what such a camera is added to a lot. */
  link(address: string): string
}

export const defineCameraSearch = (search: CameraSearch): CameraSearch => search
