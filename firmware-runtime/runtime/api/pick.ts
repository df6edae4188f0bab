// Lets a person choose a file or folder in the system dialog of Studio. Only the path is returned; the window reads no
// file.

export type PickKind = 'file' | 'folder'
export const pickKinds = ['file', 'folder'] as const satisfies readonly PickKind[]

export interface PickClient {
  /** Null: nothing was chosen. */
  path(kind: PickKind): Promise<string | null>
}

export const pickChannel = 'pick/path'
