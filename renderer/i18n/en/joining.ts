// English words of a lot that joins its platform: its own certificate, the files that lie there, the channel file.
// They stand in the form of charging.
import type { joining as chinese } from '../zh/joining.ts'

export const joining: typeof chinese = {
  files: {
    title: 'Files of the platform',
    client: 'Certificate of this car park',
    key: 'Key of this car park',
    platform: 'Certificate of the platform',
    ca: 'Root certificate of the platform',
    is: { ok: 'good', soon: 'ends soon', bad: 'of no use', absent: 'not there' },
    until: '{who}, until {at}',
    nobody: 'no name in it',
    serial: 'number {serial}',
    put: 'Put it at {file}',
    where: {
      client: 'the folder of certificates above',
      key: 'the folder of certificates above',
      platform: 'the folder of certificates above',
      ca: 'the root certificate above',
    },
  },
  joining: {
    is: {
      none: 'No certificate of this lot yet: make a request first and give it to the platform',
      requested: 'The request is made; the platform has to make the certificate',
      certified: 'A certificate is there, channel number and address of the platform are not',
      joined: 'The certificate is in place',
      renewing:
        'The certificate is in use; its successor is requested and has to be made by the platform',
      ending: 'The certificate ends within a month: request its successor now',
      ended:
        'The certificate is not within its time, nothing is exchanged with the platform: look at the clock, then request its successor',
    },
    until: 'Certificate {serial}, until {at}',
    csr: 'Make a request',
    csrWhy:
      'The key is made on this computer, sealed to it and never leaves it; the platform gets the request alone',
    rotate: 'Request the next certificate',
    rotateWhy: 'Until it is taken in, the present one is used on',
    key: 'Key of the request {key} (to be compared with the platform by telephone)',
    to: 'Save the request to',
    save: 'Save the request',
    saved: 'Saved as {file}',
    anew: 'Void it and make another',
    anewWhy: 'The former request is void then: a certificate made from it cannot be used.',
    anewSure: 'Void and make another',
    keep: 'Keep it',
    from: 'What the platform gave',
    fromWhy:
      'The folder that it gave: the certificate of this lot, and platform.pem, ca.pem and channel.json where they are there; of a single certificate the path of its file',
    take: 'Take it in',
    taken: 'Taken in',
  },
  channel: {
    file: 'Channel file',
    who: 'From the platform, for example channel.json: it holds the address and the channel number. Without it, type them below from the letter',
    look: 'See what it changes',
    same: 'The channel file says what is there already.',
    diff: 'The channel file changes {count} values',
    take: 'Take what it says',
  },
}
