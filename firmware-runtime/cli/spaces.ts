// `etc-lane spaces --data DIR`: what the sensors below the parking spaces of a running lot say.
// Exit 1 where a space is not known: a sign that shows free spaces must not count it.
import { folderOf, jsonText, runningClient } from './client.ts'
import { flags, type Command } from './command.ts'

export const spacesCommand: Command = {
  async run(args, io) {
    const { values } = flags(args, { data: 'string' })
    const view = await runningClient(folderOf(values.data)).call('spaces.get', {})
    io.stdout(jsonText(view, io.json))
    return view.unknown === 0 ? 0 : 1
  },
}
