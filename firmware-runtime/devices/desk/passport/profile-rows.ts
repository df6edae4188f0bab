// The profiles named by a lane's links, as rows of a passport: profile, certainty, signer, digest.
// Loaded when a passport is made or compared: reading profiles takes longer than opening a lot.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { GmCrypto } from '#base/crypto/gm-crypto.ts'
import { digestsOf } from '#base/crypto/passport-digests.ts'
import { readProfileFile } from '../../files/profile-files.ts'
import { installedFile } from '../../files/profile-store.ts'
import { linkQuery } from '../../pure/link-query.ts'
import { profileRefs } from '../../profiles/refs.ts'
import type { LaneConfig } from '#base/pure/lot/config.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import type { PassportRow } from '#base/pure/passport/tables.ts'
import { judgedSignature, signatureJudge } from '../profile/signatures.ts'
import { builtInFolder, profilesIn } from '../profile/library.ts'

export function profileRows(
  dir: string,
  lane: LaneConfig,
  crypto: GmCrypto,
): PassportRow<'profile'>[] {
  const lists = { dir, signers: undefined, revoked: undefined }
  const refs = profileRefs({ lanes: [lane] })
  const named = refs.flatMap(({ member, kinds, id }) => {
    const found = profilesIn(dir).find(kinds[0] ?? 'rsu', id)
    if (!found.ok) return []
    const { checked } = found
    const path = `${checked.id}.json`
    const sigFile = `${installedFile(dir, path) ?? join(builtInFolder, path)}.sig`
    const sig = existsSync(sigFile) ? { path: sigFile, bytes: readProfileFile(sigFile) } : undefined
    const { state } = judgedSignature(checked, sig, signatureJudge(lists))
    return [
      {
        device: member,
        profile: checked.id,
        status: checked.profile.status,
        signature: state.state,
        signedBy: 'by' in state ? state.by : null,
        print: digestsOf(crypto).ofText(canonicalJson(checked.source)),
      },
    ]
  })
  const variant = lane.rsu === null ? null : linkQuery(lane.rsu, 'variant')
  if (variant === null || named.some((row) => row.device === 'rsu')) return named
  const builtIn = { status: null, signature: 'builtIn', signedBy: null, print: null }
  return [{ device: 'rsu', profile: variant, ...builtIn }, ...named]
}
