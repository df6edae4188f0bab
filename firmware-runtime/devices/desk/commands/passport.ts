// `etc-lane passport make | verify | show | diff`: the signed record of a commissioned lane. Only `make`, and `diff`
// with --data, need the running lot; the others read the file.
import { diff, show, verify } from './passport/look.ts'
import { make } from './passport/make.ts'
import { commandOf } from '#base/desk/commands/acts.ts'

export const passportCommand = commandOf('passport', [make, verify, show, diff])
