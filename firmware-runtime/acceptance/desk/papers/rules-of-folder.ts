// The rules of a data folder with the facts of its files: lot file, surveys and the present acceptance.
// Only the stored files are judged, and nothing in the folder is changed.
import { systemWallClock } from '#base/time/system-clocks.ts'
import type { AcceptanceView } from '../../calls/acceptance-views.ts'
import { ruleLines, type RuleLine } from '../service/rule-lines.ts'
import { sitingOfLot } from '#lane/desk/setup/lane-siting.ts'
import type { Rules } from '#base/pure/rules/rule-pack.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { rulesHere } from '#lane/folder/rules-here.ts'
import { isSimulatedHere } from '../folder/provenance-here.ts'
import { papersHere } from './papers-folder.ts'
import { surveyedLanes } from './surveyed-lanes.ts'

interface FolderRules {
  readonly rules: Rules
  readonly lines: readonly RuleLine[]
}

/** Throws RULE-01. */
export function rulesOfFolder(dir: string, { items }: AcceptanceView): FolderRules {
  const { config } = loadLot(dir)
  const rules = rulesHere(dir, config.provinceCode)
  const { findings: siting } = sitingOfLot(config, rules)
  const simulated = isSimulatedHere(dir, systemWallClock().nowMs())
  const papers = papersHere(dir).view()
  return {
    rules,
    lines: ruleLines(rules, { siting, simulated, surveys: surveyedLanes(dir), items, papers }),
  }
}
