// English words of what a person must do now: the line above every page, its count and its sound.
// One sentence a row: where, what, since when.

export const attention = {
  attention: {
    car: '{lane}: a car waits for a person: {plate}, {reason}',
    device: '{lane}: {device} lost',
    deviceWhy: '{lane}: {device} lost: {why}',
    boom: '{lane}: the barrier rose without a command',
    since: { car: 'for {age}', device: 'for {age}', boom: '{age} ago' },
    go: 'Go there',
    more: '{count} more',
    less: 'Less',
    mute: 'Mute',
    soundOn: 'Sound is off: turn on',
    count: '{count} to deal with',
  },
}
