// The table of etc-lane commands. A command that is not in this table does not exist.
// The one place where commands of the product and of the harness meet.
import type { CommandEntry } from './cli/command.ts'
import { productCommands } from './cli/index.ts'
import { demoEntry, harnessCommands } from './harness/index.ts'

/** `survey run --demo` plays a survey against simulators: an act of the harness among those of a command. */
const withDemoSurvey = (entry: CommandEntry): CommandEntry => ({
  ...entry,
  load: async () => {
    const { commandOf } = await import('./cli/acts.ts')
    const { surveyActs } = await import('./cli/survey.ts')
    const { runSurvey } = await import('./harness/survey/run.ts')
    return commandOf('survey', [runSurvey, ...surveyActs])
  },
})

export const commands: readonly CommandEntry[] = [
  demoEntry,
  ...productCommands.map((entry) => (entry.name === 'survey' ? withDemoSurvey(entry) : entry)),
  ...harnessCommands,
]
