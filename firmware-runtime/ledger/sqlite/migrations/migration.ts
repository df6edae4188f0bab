// One step of a database's schema: the changes of a version.
// Steps are applied in the order of their versions, in one transaction each.

export interface Migration {
  /** 1, 2, 3 ... without gaps; stored in PRAGMA user_version. */
  readonly version: number
  readonly name: string
  readonly up: readonly string[]
}
