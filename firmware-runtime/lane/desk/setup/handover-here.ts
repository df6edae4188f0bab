// The hand-over document of a folder with a lot: files, people, surveys and open items.
// The lanes need neither run nor stop.
import { systemWallClock } from '#base/time/system-clocks.ts'
import type { HandoverView } from '../../calls/setup-views.ts'
import { handoverDocument } from './handover.ts'
import { judgeDraft } from './judge.ts'
import type { LotProof } from './lot-proof.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { provinceChoices } from '#ledger/pure/platforms/dialects.ts'
import { absences } from '../../folder/live-lot.ts'
import { loadLot } from '../../folder/lot-file.ts'
import { rulesHere } from '../../folder/rules-here.ts'
import { peopleOffline } from '../../folder/people-offline.ts'
import { layOutHere, type LayOut } from '#base/desk/document/paper-process.ts'
import { serviceHere } from '#base/desk/service/service-here.ts'

export async function handoverHere(
  dir: string,
  proof: LotProof,
  language: 'zh' | 'en',
  layOut: LayOut = layOutHere,
): Promise<HandoverView> {
  const files = loadLot(dir)
  const rules = rulesHere(dir, files.config.provinceCode)
  const people = peopleOffline(dir, 'hand-over').accounts.map(({ name, role }) => ({ name, role }))
  const warnings = absences(files.config, dir)
  const { rows } = judgeDraft(
    { version: 1 },
    {
      rules: () => rules,
      kept: () => files,
      provinces: provinceChoices,
      people: () => people,
      service: () => serviceHere(dir),
      refuse: () => undefined,
      warnings: () => [],
    },
    proof,
  )
  const missing = rows.filter(({ state }) => state !== 'done')
  const open = [...missing.map(({ why }) => why), ...warnings.map(({ text }) => text)]
  const atMs = systemWallClock().nowMs()
  const { surveys, firstCar } = proof
  const source = { files, rules, people, open, surveys, firstCar, dir, atMs }
  const bytes = await layOut({ kind: 'pdf', document: handoverDocument(source, language) })
  const base64 = Buffer.from(bytes).toString('base64')
  return { fileName: `${files.config.name[language]} ${isoOf(atMs).slice(0, 10)}.pdf`, base64 }
}
