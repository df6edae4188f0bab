// English words of settings that change while the lot runs: what waits, for what, and since when it is in force.
// Part of the words of the set-up, whose forms are used.
import type { running as chinese } from '../zh/running.ts'

export const running: typeof chinese = {
  title: 'Settings of the car park',
  saved: 'Saved as you type; in force when it is confirmed',
  look: 'Look and confirm',
  discard: 'Drop what was not confirmed',
  how: 'The lanes go on. When no car is in any of them and the booms are down they change to the new settings, in about a second. After a power cut the next start takes them.',
  owner: 'It is in force when an owner confirms it.',
  do: 'Confirm the changes',
  same: 'Nothing changed: the lanes run on these settings.',
  reverted: 'Taken back.',
  cancel: 'Cancel what is not in force yet',
  inForce: 'The lanes run on these settings',
  since: 'The lanes run on these settings since {at}',
  waits: 'Saved ({by}, {at}), not in force yet:',
  lanes: 'it waits for the car in {lanes}, and for its boom to be down.',
  hands: 'it waits for a device of {lanes} that somebody has in hand.',
  now: 'it is being changed.',
  refused: 'What was confirmed at {at} is not in force: the lanes did not open on it.',
}
