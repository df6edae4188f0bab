// `etc-lane spaces --data DIR`: what the sensors below the parking spaces of a running lot say.
// Exit 1 where a space is not known: a sign that shows free spaces must not count it.
import { asking, commandOf } from './acts.ts'

export const spacesCommand = commandOf('spaces', [
  asking(
    ['spaces --data DIR'],
    { name: 'spaces.get', exit: ({ unknown }) => (unknown === 0 ? 0 : 1) },
    () => ({}),
  ),
])
