// Opens a passport file for a command, checks its seal and looks up its signer. Trusted and revoked signers are the
// lists of profiles (docs/cli.md).
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { digestsOf } from '#base/crypto/passport-digests.ts'
import { readPassportFile } from '../../../files/passport-shelf.ts'
import { readPassportDatabase } from '../../../files/passport-database.ts'
import { openPassport, type OpenedPassport } from '../../../passport/open-passport.ts'
import { signatureJudge, type SignatureLists } from '../../profile/signatures.ts'

/** Throws FILE-01, PASSPORT-01 or PASSPORT-02. */
export const openPassportFile = (file: string, lists: SignatureLists): OpenedPassport =>
  openPassport(readPassportFile(file), file, {
    digests: digestsOf(openGmCrypto()),
    judge: signatureJudge(lists),
    read: readPassportDatabase,
  })
