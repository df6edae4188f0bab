// The table of layouts by clause number: the one place that names them.
// A layout is a file beside this one and a row here.
import type { Layout } from './layout.ts'
import { noBooth } from './no-booth.ts'

/** Of a lot that is made without naming one. */
export const standardLayout = '7.1.1'

export const layouts: Readonly<Record<string, Layout>> = { '7.1.1': noBooth }
