// The call that makes a support file: what a stranger needs to answer for this lot, with nothing in it that names a car, a
// card or a person. It changes nothing, so that a stopped lot answers it too.
import { z } from 'zod'
import { iso, read, reply } from '#base/calls/rows.ts'

export interface SupportFileView {
  readonly fileName: string
  /** docs/support.md */
  readonly text: string
}

export const supportCalls = {
  /** Of the last seven days, if nothing else is said. */
  'support.file': read(
    'installer',
    () => z.strictObject({ from: iso.optional(), to: iso.optional() }),
    reply<SupportFileView>(),
    { rest: 'folder', document: true },
  ),
} as const
