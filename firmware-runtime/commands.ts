// The table of etc-lane commands. A command that is not in this table does not exist.
// The one place where commands of the product and of the harness meet.
import type { CommandEntry } from './base/commands/command.ts'
import { productCommands } from './runtime/commands/index.ts'
import { demoEntry, harnessCommands } from './harness/index.ts'

/** `survey run --demo` plays a survey against simulators: an act of the harness among those of a command. */
const withDemoSurvey = (entry: CommandEntry): CommandEntry => ({
  ...entry,
  load: async () => {
    const { commandOf } = await import('./base/desk/commands/acts.ts')
    const { surveyActs } = await import('./survey/desk/commands/survey.ts')
    const { runSurvey } = await import('./harness/survey/run.ts')
    return commandOf('survey', [runSurvey, ...surveyActs])
  },
})

/** `centre --demo` has simulated lots beside the centre; `centre bench` measures it with such lots. */
const withDemoLots = (entry: CommandEntry): CommandEntry => ({
  ...entry,
  load: async () => {
    const { commandOf } = await import('./base/desk/commands/acts.ts')
    const { centreActs } = await import('./runtime/commands/centre.ts')
    const { centreAct } = await import('./harness/centre/centre-demo.ts')
    const { benchAct } = await import('./harness/centre/bench-command.ts')
    return commandOf('centre', [centreAct, benchAct, ...centreActs])
  },
})

const withDemo: Readonly<Record<string, (entry: CommandEntry) => CommandEntry>> = {
  survey: withDemoSurvey,
  centre: withDemoLots,
}

export const commands: readonly CommandEntry[] = [
  demoEntry,
  ...productCommands.map((entry) => withDemo[entry.name]?.(entry) ?? entry),
  ...harnessCommands,
]
