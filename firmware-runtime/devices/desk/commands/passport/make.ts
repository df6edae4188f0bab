// `passport make --data DIR --lane L --by NAME --reason TEXT`: signed by the running lot with its client key; --key and
// --cert sign with a person's key. It is stored in DIR/passports; --out writes a copy.
import { exportFile, mustBeNew } from '#base/files/exported-file.ts'
import { systemWallClock } from '#base/time/system-clocks.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { digestsOf } from '#base/crypto/passport-digests.ts'
import { keepPassportIn, readPassportFile } from '../../../files/passport-shelf.ts'
import { passportDatabase } from '../../../files/passport-database.ts'
import { checkedCertificateId } from '../../../passport/lane-content.ts'
import { signedPassportBytes } from '../../../passport/open-passport.ts'
import { contentOfView, stampOf } from '../../../passport/passport-store.ts'
import { claimOf, passportFile } from '#base/pure/passport/container.ts'
import type { PassportContent } from '#base/pure/passport/tables.ts'
import { folderOf, runningClient } from '#base/desk/commands/client.ts'
import { act, whoOf, printed } from '#base/desk/commands/acts.ts'
import { needed } from '#base/commands/command.ts'
import { signerNow, type SignerFiles } from '#base/desk/commands/signer-now.ts'
import { openPassportFile } from './open-file.ts'

function sealed(content: PassportContent, files: SignerFiles): Uint8Array {
  const { certificate, sign, signedAtMs } = signerNow(files)
  const digests = digestsOf(openGmCrypto())
  const database = passportDatabase(content)
  const claim = claimOf(database, content, digests)
  const message = signedPassportBytes({ claim, certificate }, signedAtMs, digests)
  return passportFile(database, { claim, signedAtMs, certificate, signature: sign(message) })
}

function withCertificate(content: PassportContent, id: string | null): PassportContent {
  const about = content.about.map((row) =>
    row.name === 'jointTestCertificateId' ? { ...row, value: id } : row,
  )
  return { ...content, about }
}

export const make = act(
  [
    'passport make --data DIR --lane L --by NAME --reason TEXT [--certificate-id ID] [--key PEM --cert PEM] [--out FILE] [--command-id ID]',
  ],
  async ({ lane: laneId, ...values }) => {
    const dir = folderOf(values.data)
    const { commandId, ...said } = whoOf(values)
    const certificateId = checkedCertificateId(values['certificate-id'])
    const client = runningClient(dir)
    if (values.out !== undefined) mustBeNew(values.out)
    let file: string | null
    if (values.key === undefined && values.cert === undefined) {
      const id = certificateId === null ? {} : { certificateId }
      file = (await client.call('passport.make', { laneId, ...said, commandId, ...id })).file
    } else {
      const keys = { key: needed(values.key, 'key'), cert: needed(values.cert, 'cert') }
      const laneContent = contentOfView(await client.call('passport.facts', { laneId, ...said }))
      const bytes = sealed(withCertificate(laneContent, certificateId), keys)
      file = keepPassportIn(dir, laneId, stampOf(systemWallClock().nowMs()), bytes)
    }
    if (file === null) {
      return printed({ ok: true, repeated: true, file: null })
    }
    if (values.out !== undefined) exportFile(values.out, readPassportFile(file))
    const lists = { signers: undefined, revoked: undefined, dir }
    const { signature } = openPassportFile(file, lists)
    const copy = values.out ?? null
    return printed({ ok: true, repeated: false, file, copy, signature })
  },
)
