// The table of etc-lane commands, one file each.
// A command that is not in this table does not exist.
import type { Command } from './command.ts'
import { auditCommand } from './audit.ts'
import { demoCommand } from './demo.ts'
import { eventsCommand } from './events.ts'
import { laneCommand } from './lane.ts'
import { ledgerCommand } from './ledger.ts'
import { lotCommand } from './lot.ts'
import { queueCommand } from './queue.ts'
import { replayCommand } from './replay.ts'
import { rsuCommand } from './rsu.ts'
import { runCommand } from './run.ts'
import { simCommand } from './sim.ts'
import { simCommands } from './sims.ts'
import { tariffCommand } from './tariff.ts'

export const commands: readonly Command[] = [
  demoCommand,
  runCommand,
  lotCommand,
  laneCommand,
  ledgerCommand,
  auditCommand,
  queueCommand,
  eventsCommand,
  tariffCommand,
  rsuCommand,
  replayCommand,
  simCommand,
  ...simCommands,
]
