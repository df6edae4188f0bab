// `etc-lane acceptance rules`: every rule of a lot with what is known of it, a rule pack checked before it is used, and
// the signature of its issuer.
import { resolve } from 'node:path'
import { exportFile, mustBeNew } from '#base/files/exported-file.ts'
import type { AcceptanceView } from '../../calls/acceptance-views.ts'
import { sealedPack } from '../service/sealed-rules.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { rulesIn } from '#base/pure/rules/packs.ts'
import { ruleIds } from '#base/pure/rules/rule-table.ts'
import { acceptanceAtRest } from '../folder/acceptance-folder.ts'
import { readPack, type NamedPack } from '#lane/folder/rules-here.ts'
import { rulesOfFolder } from '../papers/rules-of-folder.ts'
import { surveyDigests } from '#survey/files/open-survey.ts'
import { surveyLines } from '#survey/desk/worker/survey-lines.ts'
import { act, printed, type Exit } from '#base/desk/commands/acts.ts'
import { clientOf } from '#base/desk/commands/client.ts'
import { needed } from '#base/commands/command.ts'
import { signerNow } from '#base/desk/commands/signer-now.ts'

/** From the runtime when one runs, else from the folder. */
export async function viewOf(dir: string): Promise<AcceptanceView> {
  const client = clientOf(dir)
  if (client !== null) return client.call('acceptance.state', {})
  return acceptanceAtRest(dir, surveyLines(dir)).view()
}

function saidOf({ pack, digest, issuer }: NamedPack): Exit {
  const { packId, standard, asks, altered } = rulesIn(pack)
  const asked = ruleIds.filter(asks).length
  const struck = ruleIds.filter((id) => !asks(id))
  const view = { ok: true, packId, standard, digest, issuer, asked, struck, altered }
  return printed(view)
}

/** Exit 1: a rule failed. An invalid pack is refused with RULE-01, its file, field and value. */
export const rules = act(
  [
    'acceptance rules --data DIR',
    'acceptance rules --file FILE [(--key PEM --cert PEM) --out FILE]',
  ],
  async ({ data, file, key, cert, out }) => {
    if (file === undefined) {
      const dir = resolve(needed(data, 'data'))
      const { rules: own, lines } = rulesOfFolder(dir, await viewOf(dir))
      const { packId, standard, altered } = own
      return printed(
        { packId, standard, altered, rules: lines },
        !lines.some(({ verdict }) => verdict === 'fail'),
      )
    }
    const named = readPack(resolve(file))
    if (out === undefined) return saidOf(named)
    if (key === undefined || cert === undefined) throw new LaneFault('EVIDENCE-03')
    mustBeNew(out)
    const { signedAtMs, ...signer } = signerNow({ key, cert })
    const sealed = sealedPack(named.pack, signer, signedAtMs, surveyDigests())
    exportFile(resolve(out), new TextEncoder().encode(`${JSON.stringify(sealed, null, 2)}\n`))
    return saidOf(readPack(resolve(out)))
  },
)
