// The dialects by province: the one place that names them.
// A province is a folder beside this file and a row in this table.
import type { Dialect } from '../ports/dialect.ts'
import { guangxi } from './guangxi/dialect.ts'

/** By the first two digits of the province code. */
const dialects: Readonly<Record<string, Dialect>> = { '45': guangxi }

/** Any other province is spoken to as in Guangxi, the one whose rules are built. */
export const dialectOf = ({ provinceCode }: { readonly provinceCode: string }): Dialect =>
  dialects[provinceCode.slice(0, 2)] ?? guangxi
