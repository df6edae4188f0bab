// `etc-lane profile verify FILE|DIR`: every finding with file, pointer, value and remedy, the signer, and the verdicts
// of Annex A for each profile. Exit 1 when something was found.
import { standardVerdicts } from '../../../profiles/checks/standard-rows.ts'
import { drivesNothing } from '../../../profiles/import-plan.ts'
import { drivesOf, protocolOf } from '../../../profiles/protocols.ts'
import { findingView } from '../../../profiles/findings.ts'
import { act } from '#base/desk/commands/acts.ts'
import { findingText, readNamed, type ReadFile } from '../../profile/read-named.ts'
import { signatureJudge, signatureLine } from '../../profile/signatures.ts'

function profileJson({ file, checked, signature }: ReadFile): unknown {
  if (checked === null) return { file: file.path, id: null, ok: false }
  const { profile, id } = checked
  const rows = standardVerdicts(profile)
  const count = (verdict: string): number => rows.filter((r) => r.verdict === verdict).length
  return {
    file: file.path,
    id,
    ok: true,
    revision: profile.revision,
    status: profile.status,
    signature,
    drives: drivesOf(profile.protocol.id),
    byLink: protocolOf(profile.protocol.id)?.byLink ?? [],
    examples: profile.examples.length,
    standard: { pass: count('pass'), fail: count('fail'), notStated: count('notStated'), rows },
  }
}

export const verifyAct = act(
  ['profile verify FILE|DIR [--draft] [--signers FILE] [--revoked FILE] [--data DIR]'],
  ({ words: [path], signers, revoked, data, draft }, io) => {
    const judge = signatureJudge({ signers, revoked, dir: data ?? null })
    const { reads, findings, warnings } = readNamed(path, { judge, ownTemplates: true, draft })
    const ok = findings.length === 0
    if (io.json) {
      const profiles = reads.map(profileJson)
      const said = { ok, profiles, findings: findings.map(findingView) }
      io.stdout(
        `${JSON.stringify(draft ? { ...said, warnings: warnings.map(findingView) } : said)}\n`,
      )
      return ok ? 0 : 1
    }
    for (const { file, checked, signature } of reads)
      io.stdout(
        checked === null
          ? `- ${file.path}\n`
          : `+ ${checked.id} ${checked.profile.revision} ${signatureLine(signature)}\n`,
      )
    const named = reads.flatMap(({ checked }) => (checked === null ? [] : drivesNothing(checked)))
    for (const finding of [...named, ...warnings]) io.stdout(`▲ ${findingText(finding)}`)
    for (const finding of findings) io.stdout(findingText(finding))
    return ok ? 0 : 1
  },
)
