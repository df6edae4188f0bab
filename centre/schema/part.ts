// A part of the schema: its tables, those of them that have a lot, and what each role may do with them.

export interface SchemaPart {
  readonly tables: string
  /** The desk sees of them the rows of the lots of its session (desk-rights.ts). */
  readonly ofLots: readonly string[]
  readonly grants: string
}
