// `etc-lane evidence make | verify`: the signed evidence of a survey.
// What a file proves is said by who signed it, and whether anything in it was changed.
import { makeAct, verifyAct } from './survey/evidence-acts.ts'
import { verbCommand } from './survey.ts'

export const evidenceCommand = verbCommand({ make: makeAct, verify: verifyAct })
