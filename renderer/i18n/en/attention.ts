// English words of what a person must do now: the line above every page, its count and its sound.
// One sentence a row: where, what, since when.

export const attention = {
  attention: {
    car: '{lane}: a car waits for a person: {plate}, {reason}',
    device: '{lane}: {device} lost',
    deviceWhy: '{lane}: {device} lost: {why}',
    boom: '{lane}: the barrier rose without a command',
    printer: 'Receipt printer {printer} cannot print{why}',
    receipts: '{count} receipts did not print, printer {printer}{why}',
    since: {
      car: 'for {age}',
      device: 'for {age}',
      boom: '{age} ago',
      call: '{age} ago',
      printer: 'for {age}',
    },
    call: '{lane}: a person is wanted: {cause}{hook}',
    cause: {
      button: 'button at the lane',
      waiting: 'a car waits long',
      noMeans: 'no code comes, and the car cannot pay',
      asked: 'intercom or program',
    },
    hook: {
      none: ', nobody outside is told',
      sending: ', being told',
      sent: ', told',
      notSent: ', could not be told',
    },
    takeCall: 'I go',
    taken: 'call taken',
    somebody: 'attendant',
    go: 'Go there',
    more: '{count} more',
    less: 'Less',
    mute: 'Mute',
    soundOn: 'Sound is off: turn on',
    count: '{count} to deal with',
  },
}
