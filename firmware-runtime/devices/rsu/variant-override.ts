// What one device does otherwise than its base variant, as data: the shape is declared in override-schema.ts, and
// its type is taken from there. JSON-serialisable.
import type { z } from 'zod'
import type { BilingualText } from '../../core/values/fault-text.ts'
import type { overrideShapes } from './override-schema.ts'
import type { FileTable, FrameTable } from './table-types.ts'

type ReadonlyDeep<T> = T extends object ? { readonly [K in keyof T]: ReadonlyDeep<T[K]> } : T

type Declared = ReadonlyDeep<z.infer<ReturnType<typeof overrideShapes>['override']>>

export interface VariantOverride extends Omit<Declared, 'frames' | 'files'> {
  readonly frames?: readonly FrameTable[]
  readonly files?: readonly FileTable[]
}

export type StationBytes = NonNullable<VariantOverride['station']>['bytes']

/** What is wrong with an override, and where: `at` is a JSON pointer into it. */
export interface OverrideProblem {
  readonly at: string
  readonly why: BilingualText
}

/** A member by itself, the table as a whole, what the driver needs of it, or an example in it. */
export interface JudgedProblem extends OverrideProblem {
  readonly kind: 'member' | 'table' | 'driver' | 'example'
}
