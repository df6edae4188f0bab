// The table of layouts by clause number: the one place that names them.
// A layout is a file beside this one and a row here.
import { booth } from './booth.ts'
import type { Layout } from './layout.ts'
import { noBooth } from './no-booth.ts'
import { reused } from './reused.ts'
import { singleInOut } from './single-in-out.ts'
import { twoSides } from './two-sides.ts'

/** Of a lot that is made without naming one. */
export const standardLayout = '7.1.1'

export const layouts: Readonly<Record<string, Layout>> = {
  '7.1.1': noBooth,
  '7.1.2': booth,
  '7.1.3': reused,
  '7.1.4': twoSides,
  '7.1.5': singleInOut,
}
