// Answers calls of commands from the folder of a stopped lot; its code is loaded with the first of them.
import type { CliIo } from '#base/commands/command.ts'

export const atRest: NonNullable<CliIo['atRest']> = async (dir, name, args, found) => {
  const { lookAtRest } = await import('./resting-lot.ts')
  return lookAtRest(dir, name, args, { found })
}
