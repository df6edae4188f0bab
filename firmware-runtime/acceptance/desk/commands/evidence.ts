// `etc-lane evidence make | verify`: the signed evidence of a survey. Shows who signed a file, and whether anything in
// it was changed.
import { make, verify } from '#survey/desk/commands/evidence-acts.ts'
import { commandOf } from '#base/desk/commands/acts.ts'

export const evidenceCommand = commandOf('evidence', [make, verify])
