// `etc-lane passport make | verify | show | diff`: the signed record of a commissioned lane.
// Only `make` and a diff with --data need the running lot; a file is read by itself.
import { diffAct, showAct, verifyAct } from './passport/look.ts'
import { makeAct } from './passport/make.ts'
import { commandOf, shown } from './acts.ts'

export const passportCommand = commandOf('passport', [
  shown(
    [
      'passport make --data DIR --lane L --by NAME --reason TEXT [--certificate-id ID] [--key PEM --cert PEM] [--out FILE]',
    ],
    makeAct,
  ),
  shown(['passport verify FILE [--signers FILE] [--revoked FILE]'], verifyAct),
  shown(['passport show FILE'], showAct),
  shown(['passport diff FILE FILE', 'passport diff --data DIR --lane L [FILE]'], diffAct),
])
