// `etc-lane evidence make | verify`: the signed evidence of a survey.
// What a file proves is said by who signed it, and whether anything in it was changed.
import { makeAct, verifyAct } from './survey/evidence-acts.ts'
import { commandOf, shown } from './acts.ts'

export const evidenceCommand = commandOf('evidence', [
  shown(
    ['evidence make FILE --key PEM --cert PEM --out FILE [--tsa URL [--tsa-ca FILE]]'],
    makeAct,
  ),
  shown(
    [
      'evidence verify FILE [--signers FILE] [--ca FILE [--crl FILE]] [--integrity-only] [--revoked FILE] [--tsa-ca FILE] [--attested]',
    ],
    verifyAct,
  ),
])
