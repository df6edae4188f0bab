// `etc-lane evidence make | verify`: the signed evidence of a survey.
// What a file proves is said by who signed it, and whether anything in it was changed.
import { make, verify } from './survey/evidence-acts.ts'
import { commandOf } from './acts.ts'

export const evidenceCommand = commandOf('evidence', [make, verify])
