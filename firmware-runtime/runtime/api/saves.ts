// How a file that the window saves ended: the system's dialog asks where, and only Studio hears the answer.

/** `saved`: the whole file is on the disk. `cancelled`: the person closed the dialog. `failed`: it could not be written. */
export type SaveEnd = 'saved' | 'cancelled' | 'failed'

export interface SavesClient {
  /** Resolves when the download of this address of the window has ended. */
  ended(url: string): Promise<SaveEnd>
}

export const savesChannel = 'saves/ended'
