// `etc-lane profile sign FILE --key PEM --cert PEM`: writes FILE.sig, a detached SM2 signature that contains the
// signer's certificate. A profile with a finding is not signed.
import { t } from '#base/pure/words/fault-text.ts'
import { isFolder, readProfileFile } from '../../../files/profile-files.ts'
import { findingView } from '../../../profiles/findings.ts'
import { readProfile } from '../../../profiles/read-profile.ts'
import { signatureText, signedBytes } from '../../../profiles/signature.ts'
import { orDiskFault } from '#base/pure/faults/disk-fault.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { act } from '#base/desk/commands/acts.ts'
import { signerNow } from '#base/desk/commands/signer-now.ts'
import { readCertificateText } from '#base/process/read-file.ts'
import { builtInTemplates } from '../../profile/library.ts'
import { findingText } from '../../profile/read-named.ts'
import { writeWhole } from '#base/files/whole-file.ts'

function write(file: string, text: string): void {
  orDiskFault({ file, otherwise: 'FILE-01', whenFull: 'FILE-01' }, () => {
    writeWhole(file, text)
  })
}

export const signAct = act(
  ['profile sign FILE --key PEM --cert PEM'],
  ({ words: [file], ...keys }, io) => {
    if (isFolder(file))
      throw new LaneFault('PROFILE-19', {
        file,
        note: t('一次签一个文件', 'sign one file at a time'),
      })
    const { checked, findings } = readProfile(readProfileFile(file), file, builtInTemplates())
    if (checked === null) {
      if (io.json) {
        const found = findings.map(findingView)
        io.stdout(`${JSON.stringify({ ok: false, file, findings: found })}\n`)
      } else for (const finding of findings) io.stdout(findingText(finding))
      return 1
    }
    const { certificate, opened, sign, signedAtMs } = signerNow(keys, readCertificateText)
    const signature = sign(signedBytes(checked.source, signedAtMs))
    const sigFile = `${file}.sig`
    write(sigFile, signatureText({ signedAtMs, certificate, signature }))
    const { by, certSerial, fingerprint } = opened
    const said = {
      ok: true,
      id: checked.id,
      file: sigFile,
      by,
      certSerial,
      fingerprint,
      signedAtIso: isoOf(signedAtMs),
    }
    io.stdout(io.json ? `${JSON.stringify(said)}\n` : `${sigFile}: ${by} (${certSerial})\n`)
    return 0
  },
)
