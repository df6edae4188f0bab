// The table of etc-lane commands, one file each.
import type { Command } from './command.ts'
import { demoCommand } from './demo.ts'
import { lotCommand } from './lot.ts'
import { replayCommand } from './replay.ts'
import { simCommand } from './sim.ts'
import { runCommand } from './run.ts'
import { simCommands } from './sims.ts'
import { tariffCommand } from './tariff.ts'

export const commands: readonly Command[] = [
  demoCommand,
  runCommand,
  lotCommand,
  replayCommand,
  simCommand,
  tariffCommand,
  ...simCommands,
]
