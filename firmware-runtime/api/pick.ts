// What the window asks of Studio for a path: a file or a folder that a person chooses in the dialog of the system.
// The path alone comes back; the window reads nothing.

export type PickKind = 'file' | 'folder'
export const pickKinds = ['file', 'folder'] as const satisfies readonly PickKind[]

export interface PickClient {
  /** Null: nothing was chosen. */
  path(kind: PickKind): Promise<string | null>
}

export const pickChannel = 'pick/path'
