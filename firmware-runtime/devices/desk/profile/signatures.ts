// Signatures of profiles at the command line: the signer, whether the folder trusts the signer, and revocations. The
// lists are files of the operator: DIR/keys/profile-signers.pem and DIR/keys/profile-revoked.json, or those named by
// --signers and --revoked.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { certificatesInPem } from '#base/crypto/certs.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { fingerprintOf, openCertificate } from '#base/crypto/profile-signer.ts'
import { readProfileFile } from '../../files/profile-files.ts'
import { findingWords } from '../../profiles/finding-words.ts'
import type { Finding } from '../../profiles/findings.ts'
import type { CheckedProfile } from '../../profiles/read-profile.ts'
import { judgeSignature, readRevocations, readSignature } from '../../profiles/signature.ts'
import { bothOf, t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { LaneFault, type Why } from '#base/pure/faults/faults.ts'
import { signatureWords, type SignatureJudge, type SignatureState } from '#base/pure/data/signed.ts'
import { visible } from '#base/pure/words/visible-text.ts'
import type { LibraryFile } from '../../ports/profile-files.ts'
import { readCertificateText } from '#base/process/read-file.ts'

export interface SignatureLists {
  readonly signers: string | undefined
  readonly revoked: string | undefined
  readonly dir: string | null
}

function listFile(named: string | undefined, dir: string | null, name: string): string | null {
  if (named !== undefined) return named
  const own = dir === null ? null : join(dir, 'keys', name)
  return own !== null && existsSync(own) ? own : null
}

/** Reads the lists once. A named list that cannot be read is an error. */
export function signatureJudge({ signers, revoked, dir }: SignatureLists): SignatureJudge {
  const crypto = openGmCrypto()
  const signersFile = listFile(signers, dir, 'profile-signers.pem')
  const revokedFile = listFile(revoked, dir, 'profile-revoked.json')
  const trusted = signersFile === null ? [] : certificatesInPem(readCertificateText(signersFile))
  return {
    certificate: (der) => openCertificate(der, crypto),
    trusted: new Set(trusted.map((der) => fingerprintOf(der, crypto))),
    revoked:
      revokedFile === null ? new Map() : readRevocations(readProfileFile(revokedFile), revokedFile),
  }
}

interface Judged {
  readonly state: SignatureState
  readonly finding: Finding | null
}

const unsigned: Judged = { state: { state: 'unsigned' }, finding: null }

/** The signature beside a profile; a bad or revoked one is a finding. */
export function judgedSignature(
  checked: CheckedProfile,
  sig: LibraryFile | undefined,
  judge: SignatureJudge,
): Judged {
  if (sig === undefined) return unsigned
  const findingOf = (note: Why, pointer = '', value = ''): Finding => ({
    code: 'PROFILE-17',
    file: sig.path,
    pointer,
    value,
    note: bothOf(note),
  })
  try {
    const state = judgeSignature(checked.source, readSignature(sig.bytes, sig.path), judge)
    if (state.state === 'bad') return { state, finding: findingOf(state.why) }
    if (state.state === 'revoked')
      return {
        state,
        finding: findingOf(findingWords.revoked(state.why), '/certificate', state.by),
      }
    return { state, finding: null }
  } catch (error) {
    if (!(error instanceof LaneFault)) throw error
    const { field = '', value = '', note = '' } = error.detail
    return { state: { state: 'bad', why: note }, finding: findingOf(note, field, value) }
  }
}

const trusts = {
  true: t('受信任', 'trusted'),
  false: t('未列为受信任', 'not among the trusted signers'),
} as const

/** What a signature is worth, in both languages. */
function worthOf(state: SignatureState): BilingualText {
  if (state.state === 'unsigned') return signatureWords.unsigned
  if (state.state === 'bad') {
    const { zh, en } = bothOf(state.why)
    const { bad } = signatureWords
    return t(visible(`${bad.zh}:${zh}`), visible(`${bad.en}: ${en}`))
  }
  const [word, known] = [signatureWords[state.state], trusts[`${state.trusted}`]]
  const who = visible(`${state.by} (${state.certSerial})`)
  return t(`${word.zh}:${who},${known.zh}`, `${word.en}: ${who}, ${known.en}`)
}

/** As a line of a command, in both languages. */
export const signatureLine = (state: SignatureState): string => {
  const { zh, en } = worthOf(state)
  return `${zh} / ${en}`
}
