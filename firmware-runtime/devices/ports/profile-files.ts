// Files of a profile library as they come from a disk: what devices/files reads and app judges.
// The installed library is written through the same words (devices/files/profile-store.ts).

export interface LibraryFile {
  /** Path within its folder, with `/` on every system. */
  readonly path: string
  readonly bytes: Uint8Array
}
