// Differences of one device from its base variant, as data: the shape is declared in override-schema.ts, and the type
// is derived from it. JSON-serialisable.
import type { z } from 'zod'
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import type { overrideShapes } from './override-schema.ts'
import type { FileTable, FrameTable } from './table-types.ts'

type ReadonlyDeep<T> = T extends object ? { readonly [K in keyof T]: ReadonlyDeep<T[K]> } : T

type Declared = ReadonlyDeep<z.infer<ReturnType<typeof overrideShapes>['override']>>

export interface VariantOverride extends Omit<Declared, 'frames' | 'files'> {
  readonly frames?: readonly FrameTable[]
  readonly files?: readonly FileTable[]
}

export type StationBytes = NonNullable<VariantOverride['station']>['bytes']

/** A problem of an override; `at`: a JSON pointer into it. */
export interface OverrideProblem {
  readonly at: string
  readonly why: BilingualText
}

/** Kind of the problem: a single member, the table as a whole, what the driver needs from it, or an example in it. */
export interface JudgedProblem extends OverrideProblem {
  readonly kind: 'member' | 'table' | 'driver' | 'example'
}
